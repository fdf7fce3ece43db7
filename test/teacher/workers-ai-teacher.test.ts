/** Workers AI as a teacher, against a stand-in that follows Cloudflare's documentation: it was never run against the service. */
import { describe, expect, it } from "vitest";
import { findAiBinding } from "../../src/shared/ai-binding.ts";
import type { TeacherQuestion } from "../../src/teacher/teacher.ts";
import { createWorkersAiTeacher } from "../../src/teacher/workers-ai-teacher.ts";

const MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const QUESTION: TeacherQuestion = {
  items: [
    { id: "refund", name: "Refund", description: "Money back" },
    { id: "delivery", name: "Delivery", description: "" },
  ],
  sample: { kind: "text", text: "Where is my order?" },
};

function teacherThat(answer: () => unknown, signalEnd?: () => AbortSignal) {
  const asked: { readonly model: string; readonly input: object }[] = [];
  const run = async (model: string, input: object) => {
    asked.push({ model, input });
    return answer();
  };
  return { asked, ask: createWorkersAiTeacher({ run }, MODEL, signalEnd) };
}

function fails(message: string) {
  return () => {
    throw new Error(message);
  };
}

describe("Workers AI as a teacher", () => {
  it("asks for JSON by a schema and takes the object, its text, or a chat completion", async () => {
    const wanted = { ok: true, value: { item: "delivery", confidence: 0.8 } };
    const { asked, ask } = teacherThat(() => ({ response: { item: 2, confidence: 0.8 } }));
    expect(await ask(QUESTION)).toEqual(wanted);
    expect(asked).toMatchObject([
      { model: MODEL, input: { response_format: { type: "json_schema", json_schema: { type: "object" } } } },
    ]);
    const content = '{"item": 2, "confidence": 0.8}';
    expect(await teacherThat(() => ({ response: content })).ask(QUESTION)).toEqual(wanted);
    expect(await teacherThat(() => ({ choices: [{ message: { content } }] })).ask(QUESTION)).toEqual(wanted);
  });

  it.each([
    ["malformed", () => ({ response: { item: 3, confidence: 1 } })],
    ["malformed", () => ({ response: "The second one." })],
    ["malformed", () => new ReadableStream()],
    ["malformed", () => null],
    ["malformed", fails("Error: JSON Mode couldn't be met")],
    ["busy", fails("3036: You have used up your daily free allocation of 10,000 neurons.")],
    ["busy", fails("3040: No more data centers to forward the request to")],
    ["late", fails("3007: Request timeout")],
    ["refused", fails("5007: No such model")],
    ["unreachable", fails("Network connection lost.")],
  ])("tells what goes wrong as %s", async (fault, answer) => {
    expect(await teacherThat(answer).ask(QUESTION)).toEqual({ ok: false, error: fault });
  });

  it("ends a call that takes too long, whether or not the service heeds the signal", async () => {
    const tooLate = () => AbortSignal.abort(new DOMException("too late", "TimeoutError"));
    const { ask } = teacherThat(() => new Promise(() => {}), tooLate);
    expect(await ask(QUESTION)).toEqual({ ok: false, error: "late" });
  });

  it("takes for a binding only what can be run", () => {
    const AI = { run: async () => null };
    expect(findAiBinding({ AI })).toBe(AI);
    expect(findAiBinding({ AI: "text" })).toBeUndefined();
    expect(findAiBinding({})).toBeUndefined();
  });
});
