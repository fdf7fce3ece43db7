/** The answer to a text, and to a list of up to 64: each in its place, with its own answer or its own problem. */
import type { Context } from "hono";
import type { TextReader } from "../backbone/text-reader.ts";
import type { Problem } from "../shared/problem.ts";
import type { Result } from "../shared/result.ts";
import { ok } from "../shared/result.ts";
import type { ServedHead } from "../store/head-cache.ts";
import { type Answer, type Asked, answerSample } from "./answer.ts";
import type { AppEnv } from "./app-env.ts";
import { type InnerProblem, isRefused, workThroughRows } from "./each-row.ts";
import { embedText } from "./embed-text.ts";
import { checkHuman } from "./human-check.ts";
import { readSentTexts } from "./text-body.ts";

/** In the order of the texts. */
export interface AnswerList {
  readonly results: readonly ({ readonly answer: Answer } | { readonly problem: InnerProblem })[];
  readonly answered: number;
  readonly refused: number;
}

/** Of a plain text or JSON; `bad_request` and the like where the body as a whole cannot be read. */
export async function classifyTexts(
  c: Context<AppEnv>,
  reader: TextReader,
  served: ServedHead,
  asked: Asked,
): Promise<Result<Answer | AnswerList, Problem>> {
  const sent = await readSentTexts(c);
  if (!sent.ok) return sent;
  const human = await checkHuman(c, {});
  if (!human.ok) return human;
  const classify = (text: string) => classifyText(c, text, { reader, served, asked });
  if (!sent.value.isList) return classify(sent.value.text);
  const results = await workThroughRows(c, sent.value.rows, async (text) => {
    const answer = await classify(text);
    return answer.ok ? ok({ answer: answer.value }) : answer;
  });
  const refused = results.filter(isRefused).length;
  return ok({ results, answered: results.length - refused, refused });
}

/** Of one text, wherever it came from. */
export async function classifyText(
  c: Context<AppEnv>,
  text: string,
  { reader, served, asked }: { readonly reader: TextReader; readonly served: ServedHead; readonly asked: Asked },
): Promise<Result<Answer, Problem>> {
  const embedded = await embedText(c, reader, text);
  return embedded.ok ? answerSample(c, embedded.value.sample, served, asked) : embedded;
}
