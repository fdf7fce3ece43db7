/** The labelled photos behind an answer, for whoever may see the menu's photos: what is asked, and the body. */

import type { Embedding } from "../head/embedding.ts";
import type { Prediction } from "../head/predict.ts";
import type { Services } from "../services.ts";
import { itemNotLearnt } from "../shared/english/menu.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { toIsoTime } from "../shared/time.ts";
import type { ServedHead } from "../store/heads/head-cache.ts";
import type { LabelledExample } from "../store/labels/examples.ts";
import type { SpeakingPhoto } from "../training/explain.ts";

/** Times as ISO 8601 in UTC; `confirmedAt` is null until staff have said that a doubted label is right. `reads` is the deployment's modality. */
export function exampleBody(
  { createdAt, labelledAt, confirmedAt, looks, ...example }: LabelledExample,
  reads: "photos" | "texts",
) {
  return {
    ...example,
    ...showLooks(looks, reads),
    createdAt: new Date(createdAt).toISOString(),
    labelledAt: new Date(labelledAt).toISOString(),
    confirmedAt: toIsoTime(confirmedAt),
  };
}

/** Whether there is a picture to ask for, or how the text begins. */
export function showLooks(looks: string | null, reads: "photos" | "texts") {
  return reads === "photos" ? { picture: looks !== null, text: null } : { picture: false, text: looks };
}

/** Keeps the logarithm of a score that has underflowed finite. */
const SMALLEST_SCORE = Number.MIN_VALUE;

/** The items in question; the best one and the runner-up where nobody says. */
interface Question {
  readonly answer?: string | undefined;
  readonly rival?: string | undefined;
  readonly photos: number;
}

/**
 * The body; null where there is nothing to weigh: a single item on the menu, or one without learned photos. Error: `unknown_class`
 * for an item that the head does not answer with.
 */
export async function explainPrediction(
  { db, explainAnswer, loadEmbedder }: Services,
  { version, head }: ServedHead,
  embedding: Embedding,
  { scores }: Prediction,
  question: Question,
) {
  const answer = question.answer ?? scores[0]?.classId;
  const rival = question.rival ?? scores.find(({ classId }) => classId !== answer)?.classId;
  if (answer === undefined || rival === undefined || answer === rival) return ok(null);
  const margin = marginOf(scores, answer, rival, version);
  if (!margin.ok) return margin;
  const wanted = { headVersion: version, embedding, answer, against: rival, photos: question.photos };
  const found = await explainAnswer(db, head.dimension, wanted);
  if (found === null) return ok(null);
  const reads = (await loadEmbedder()).modality === "text" ? "texts" : "photos";
  const photoBody = ({ example, contribution }: SpeakingPhoto) => ({ ...exampleBody(example, reads), contribution });
  return ok({
    answer,
    rival,
    margin: margin.value,
    fromPhotos: found.sum,
    for: found.speakFor.map(photoBody),
    against: found.speakAgainst.map(photoBody),
    weighed: found.weighed,
    learned: found.learned,
    capped: found.isCapped,
    current: found.isCurrent,
  });
}

function marginOf(
  scores: Prediction["scores"],
  answer: string,
  rival: string,
  version: number,
): Result<number, Problem> {
  const [one, other] = [answer, rival].map((id) => scores.find(({ classId }) => classId === id));
  if (one === undefined || other === undefined) {
    const missing = one === undefined ? answer : rival;
    return err(itemNotLearnt({ version, item: missing }));
  }
  return ok(Math.log(one.score || SMALLEST_SCORE) - Math.log(other.score || SMALLEST_SCORE));
}
