/**
 * A teacher at any server that speaks OpenAI's chat completions. The address is the operator's; a redirect is not followed, since the key
 * and what guests wrote were meant for this address alone. It reports only the kind of a failure.
 */
import { rejectOn } from "../shared/reject-on.ts";
import { err, ok, type Result } from "../shared/result.ts";
import {
  type AskTeacher,
  answerSchemaOf,
  MAX_ANSWER_BYTES,
  readCompletion,
  TEACHER_TIMEOUT_MS,
  type TeacherAnswer,
  type TeacherFault,
  type TeacherQuestion,
  writeMessages,
} from "./teacher.ts";

interface ChatTeacherOptions {
  /** Such as `https://api.openai.com/v1/chat/completions`. */
  readonly url: string;
  readonly model: string;
  /** Undefined where the server asks for none. */
  readonly key: string | undefined;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly timeoutMs?: number;
}

/** Asks such a server. */
export function createChatTeacher(options: ChatTeacherOptions): AskTeacher {
  const { timeoutMs = TEACHER_TIMEOUT_MS } = options;
  return async function askChat(question) {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      // A body may stall although its request was given the signal.
      return await Promise.race([ask(options, question, signal), rejectOn(signal)]);
    } catch {
      return err(signal.aborted ? "late" : "unreachable");
    }
  };
}

async function ask(
  options: ChatTeacherOptions,
  question: TeacherQuestion,
  signal: AbortSignal,
): Promise<Result<TeacherAnswer, TeacherFault>> {
  const request = { ...describeRequest(options, question), redirect: "manual", signal } as const;
  const response = await options.fetch(options.url, request);
  if (response.status !== 200) {
    await response.body?.cancel();
    return err(faultOf(response.status));
  }
  const body = await readBounded(response);
  return body.ok ? readCompletion(body.value, question.items) : body;
}

/** Servers disagree on what bounds an answer's tokens is called and refuse names they do not know, so the schema alone keeps it short. */
function describeRequest({ model, key }: ChatTeacherOptions, question: TeacherQuestion): RequestInit {
  const schema = answerSchemaOf(question.items.length);
  const authorization: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...authorization },
    body: JSON.stringify({
      model,
      messages: writeMessages(question),
      response_format: { type: "json_schema", json_schema: { name: "label", strict: true, schema } },
    }),
  };
}

function faultOf(status: number): TeacherFault {
  return status === 429 || status >= 500 ? "busy" : "refused";
}

/** Stops at the first byte too many. Rejects when the connection breaks. */
async function readBounded(response: Response): Promise<Result<string, TeacherFault>> {
  if (response.body === null) return err("malformed");
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) return err("malformed"); // leaving the loop cancels the body
    text += decoder.decode(chunk, { stream: true });
  }
  return ok(text + decoder.decode());
}
