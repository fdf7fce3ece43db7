/** Many texts for `headstart classify`: as many to a request as the server takes, each with its own answer or its own problem. */
import { ApiError, type Call } from "../import/api-client.ts";
import { batchTexts } from "../import/plan-texts.ts";
import { type Answer, type AnswerRow, answersSchema } from "./answers.ts";

/** What was asked about, by the name under which it is shown, and what became of it. */
export type Classified =
  | { readonly file: string; readonly answer: Answer }
  | { readonly file: string; readonly problem: string };

const SHOWN_CHARACTERS = 30;

/** A text by its beginning. */
export function nameText(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text;
}

/** In the order of the texts. That the server is lost, refuses access or has learnt nothing yet ends it. */
export async function classifyTexts(call: Call, texts: readonly string[], path: string): Promise<Classified[]> {
  const results: Classified[] = [];
  for (const batch of batchTexts(texts.map((text) => ({ text })))) {
    results.push(
      ...(await classifyBatch(
        call,
        batch.map(({ text }) => text),
        path,
      )),
    );
  }
  return results;
}

async function classifyBatch(call: Call, texts: readonly string[], path: string): Promise<Classified[]> {
  const init = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text: texts }),
  };
  try {
    const { results } = await call(answersSchema, path, init);
    return texts.map((text, i) => toClassified(nameText(text), results[i]));
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.code === "no_head") throw cause;
    return texts.map((text) => ({ file: nameText(text), problem: cause.message }));
  }
}

function toClassified(file: string, result: AnswerRow | undefined): Classified {
  if (result === undefined) return { file, problem: "The server gave no answer for this one." };
  return "answer" in result ? { file, answer: result.answer } : { file, problem: result.problem.detail };
}
