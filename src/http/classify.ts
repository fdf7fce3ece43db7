/** `POST /v1/classify`: photos, texts or a device's embedding in, ranked items out. */
import type { Context } from "hono";
import { classify, type Sent } from "../application/classify.ts";
import { classificationOperations } from "../operations/classification.ts";
import { togetherOfTexts } from "../shared/english/photos.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { AppEnv } from "./app-env.ts";
import { callerOf } from "./caller.ts";
import { isEmbedding, readEmbeddingBody } from "./embedding-body.ts";
import { checkHuman } from "./human-check.ts";
import { findModality } from "./modality/find-modality.ts";
import { refuseExplanation } from "./refuse-explanation.ts";
import { serve } from "./serve.ts";

/** Of `classificationOperations`. */
export const classifyHandlers = [
  serve(classificationOperations.classifyPhoto, async (c, { query }) => {
    const { top_k: topK, head: version, explain: photos, place: from, together } = query;
    const refusal = photos === undefined ? null : refuseExplanation(c);
    if (refusal !== null) return err(refusal);
    const embedded = isEmbedding(c) ? await readEmbeddingBody(c) : null;
    if (embedded?.ok === false) return embedded;
    const read = async () => (embedded === null ? readSent(c, together === "true") : ok({ embedded: embedded.value }));
    return classify(c.get("services"), callerOf(c), { topK, version, photos, from }, read);
  }),
];

/** What the request carries, as this deployment reads it. */
async function readSent(c: Context<AppEnv>, isOne: boolean): Promise<Result<Sent, Problem>> {
  const modality = await findModality(c.get("services"));
  if (isOne && !modality.joinsSamples) return err(togetherOfTexts());
  const sent = await modality.readQuestion(c);
  if (!sent.ok) return sent;
  const human = await checkHuman(c, sent.value.fields);
  return human.ok ? ok({ ...sent.value, isOne }) : human;
}
