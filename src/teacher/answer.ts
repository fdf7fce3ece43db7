/** Reads what a model answered, strictly: one JSON object with a number of the list and a confidence, or it is malformed. Pure. */
import { z } from "zod";
import { err, ok, type Result } from "../shared/result.ts";
import type { TeacherAnswer, TeacherFault, TeacherItem } from "./teacher.ts";

const answerSchema = z.strictObject({ item: z.int().min(0), confidence: z.number().min(0).max(1) });

/** An answer of OpenAI's chat completions, as far as it matters. */
const completionSchema = z.object({
  choices: z
    .array(z.object({ message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }) }))
    .min(1),
});

/** From Workers AI: with a JSON schema the object itself, from some models its text. */
const modelAnswerSchema = z.object({ response: z.union([z.string(), z.record(z.string(), z.unknown())]) });

const MALFORMED = err<TeacherFault>("malformed");

/** From the body of a chat completion. */
export function readCompletion(body: string, items: readonly TeacherItem[]): Result<TeacherAnswer, TeacherFault> {
  return readChoice(parseJson(body), items);
}

/** From what the binding `AI` gives; newer models there answer in the form of chat completions. */
export function readModelAnswer(answer: unknown, items: readonly TeacherItem[]): Result<TeacherAnswer, TeacherFault> {
  const parsed = modelAnswerSchema.safeParse(answer);
  if (!parsed.success) return readChoice(answer, items);
  const { response } = parsed.data;
  return readAnswer(typeof response === "string" ? parseJson(response) : response, items);
}

function readChoice(completion: unknown, items: readonly TeacherItem[]): Result<TeacherAnswer, TeacherFault> {
  const parsed = completionSchema.safeParse(completion);
  if (!parsed.success) return MALFORMED;
  const [{ message }] = parsed.data.choices;
  if (typeof message.refusal === "string") return err("declined");
  return readAnswer(parseJson(message.content ?? ""), items);
}

function readAnswer(answer: unknown, items: readonly TeacherItem[]): Result<TeacherAnswer, TeacherFault> {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success || parsed.data.item > items.length) return MALFORMED;
  const { item, confidence } = parsed.data;
  return ok({ item: item === 0 ? null : items[item - 1].id, confidence });
}

/** Undefined where it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
