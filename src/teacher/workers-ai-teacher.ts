/**
 * A teacher at Workers AI: text generation with a JSON schema, as Cloudflare's documentation has it (developers.cloudflare.com/workers-ai,
 * "JSON Mode"). It was never run against the service, only against a stand-in that follows that page.
 */
import { type AiBinding, readErrorNumber, runModel } from "../shared/ai-binding.ts";
import { err } from "../shared/result.ts";
import {
  type AskTeacher,
  answerSchemaOf,
  readModelAnswer,
  TEACHER_TIMEOUT_MS,
  type TeacherFault,
  writeMessages,
} from "./teacher.ts";

/** Asks this model. `signalEnd` ends a call that takes too long. */
export function createWorkersAiTeacher(
  ai: AiBinding,
  model: string,
  signalEnd: () => AbortSignal = () => AbortSignal.timeout(TEACHER_TIMEOUT_MS),
): AskTeacher {
  return async function askModel(question) {
    const signal = signalEnd();
    const schema = { type: "json_schema", json_schema: answerSchemaOf(question.items.length) };
    try {
      const input = { messages: writeMessages(question), response_format: schema };
      return readModelAnswer(await runModel(ai, model, input, signal), question.items);
    } catch (cause) {
      return err(signal.aborted ? "late" : faultOf(cause));
    }
  };
}

/** By the numbers of the documentation's table; 3036 is the account's daily allowance. */
const FAULTS: ReadonlyMap<string, TeacherFault> = new Map([
  ["3007", "late"],
  ["3008", "late"],
  ["3036", "busy"],
  ["3040", "busy"],
]);

function faultOf(cause: unknown): TeacherFault {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message.includes("JSON Mode couldn't be met")) return "malformed";
  const number = readErrorNumber(message);
  return number === undefined ? "unreachable" : (FAULTS.get(number) ?? "refused");
}
