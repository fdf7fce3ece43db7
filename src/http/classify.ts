/** `POST /v1/classify`: photos, texts or a device's embedding in, ranked menu items out. Writes nothing. */

import type { Context } from "hono";
import { setMetric } from "hono/timing";
import { classificationOperations } from "../operations/classification.ts";
import { togetherOfTexts } from "../shared/english/photos.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { ServedHead } from "../store/head-cache.ts";
import { type Answer, type Asked, answerSample } from "./answer.ts";
import type { AppEnv } from "./app-env.ts";
import { type InnerProblem, isRefused, workThroughRows } from "./each-row.ts";
import { isEmbedding, readEmbeddingBody } from "./embedding-body.ts";
import { refuseExplanation } from "./explanation.ts";
import { checkHuman } from "./human-check.ts";
import { findModality } from "./modality/find-modality.ts";
import type { Embedded, SentSample } from "./modality/modality.ts";
import { findNamedPlace, placeOfLanguage } from "./named-place.ts";
import { serve } from "./serve.ts";
import { findServedHead } from "./served-head.ts";
import { embedTogether } from "./together.ts";

/** */
export const classifyHandlers = [
  serve(classificationOperations.classifyPhoto, async (c, { query }) => {
    const { top_k: topK, head: version, explain: photos, place, together } = query;
    const refusal = photos === undefined ? null : refuseExplanation(c);
    if (refusal !== null) return err(refusal);
    const answer = await classifySent(c, { topK, version, photos, from: place, isOne: together === "true" });
    return answer.ok ? ok(answer.value) : answer;
  }),
];

/** In the order of the list. */
interface AnswerList {
  readonly results: readonly ({ readonly answer: Answer } | { readonly problem: InnerProblem })[];
  readonly answered: number;
  readonly refused: number;
}

/** What the request carries, as this deployment reads it; a list is answered by a list. */
async function classifySent(
  c: Context<AppEnv>,
  { from, isOne, ...wanted }: Omit<Asked, "place"> & { readonly from: string | undefined; readonly isOne: boolean },
): Promise<Result<Answer | AnswerList, Problem>> {
  const embedded = isEmbedding(c) ? await readEmbeddingBody(c) : null;
  if (embedded?.ok === false) return embedded;
  const served = await findServedHead(c, wanted.version);
  if (!served.ok) return served;
  const place = await findNamedPlace(c, served.value, from ?? c.get("identity")?.place ?? undefined);
  if (!place.ok) return place;
  const asked = { ...wanted, place: place.value };
  if (embedded !== null) return answerSample(c, { sample: embedded.value }, served.value, asked);
  const modality = await findModality(c);
  if (isOne && !modality.joinsSamples) return err(togetherOfTexts());
  const sent = await modality.readQuestion(c);
  if (!sent.ok) return sent;
  const human = await checkHuman(c, sent.value.fields);
  if (!human.ok) return human;
  const { isList, rows } = sent.value;
  if (isOne) return classifyTogether(c, rows, served.value, asked);
  const classify = (sample: SentSample) => classifySample(c, sample, served.value, asked);
  if (isList) return ok(await classifyList(c, rows, classify));
  const [row] = rows;
  return row.ok ? classify(row.value) : row;
}

/** The answer to one photo or text, wherever it came from. */
export async function classifySample(
  c: Context<AppEnv>,
  sample: SentSample,
  served: ServedHead,
  asked: Asked,
): Promise<Result<Answer, Problem>> {
  const embedded = await sample.embed();
  if (!embedded.ok) return embedded;
  showTimes(c, embedded.value);
  const place = asked.place ?? placeOfLanguage(served, sample.language);
  return answerSample(c, embedded.value, served, { ...asked, place });
}

/** One answer to all of them. */
async function classifyTogether(
  c: Context<AppEnv>,
  rows: readonly Result<SentSample, Problem>[],
  served: ServedHead,
  asked: Asked,
): Promise<Result<Answer, Problem>> {
  const together = await embedTogether(c, rows);
  if (!together.ok) return together;
  const { embedded, photos } = together.value;
  showTimes(c, embedded);
  const answer = await answerSample(c, embedded, served, asked);
  return answer.ok ? ok({ ...answer.value, photos }) : answer;
}

function showTimes(c: Context<AppEnv>, { times }: Pick<Embedded, "times">): void {
  if (times === undefined) return;
  setMetric(c, "decode", times.decodeMs);
  setMetric(c, "embed", times.embedMs);
}

/** Each in its place, with its own answer or its own problem. */
async function classifyList(
  c: Context<AppEnv>,
  rows: readonly Result<SentSample, Problem>[],
  classify: (sample: SentSample) => Promise<Result<Answer, Problem>>,
): Promise<AnswerList> {
  const results = await workThroughRows(c, rows, async (sample) => {
    const answer = await classify(sample);
    return answer.ok ? ok({ answer: answer.value }) : answer;
  });
  const refused = results.filter(isRefused).length;
  return { results, answered: results.length - refused, refused };
}
