/** Notes what an answer was like for whoever operates the deployment. The answer waits for nothing, and nothing of the photo is kept. */
import type { Prediction } from "../head/predict.ts";
import type { Services } from "../services.ts";
import { normaliseEntropy } from "../shared/answer-counts.ts";
import type { EmbeddedSample } from "../store/labels.ts";

/** The head that answered; `isPinned` when it was asked for by its number. */
interface AnsweringHead {
  readonly version: number;
  readonly isPinned: boolean;
}

/** Counts answers of the live head: whoever asks for a version compares heads. A data point, where the deployment has a dataset, is written of both. */
export function noteAnswer(
  { answerCounter, writeAnswerPoint, clock }: Services,
  { scores, entropy: nats, isUnknown, strangeness }: Prediction,
  { version: headVersion, isPinned }: AnsweringHead,
  origin: EmbeddedSample["origin"],
): void {
  const [items, best] = [scores.length, scores.at(0)];
  const entropy = normaliseEntropy(nats, items);
  if (!isPinned) answerCounter.count({ headVersion, isUnknown, entropy }, clock());
  const front = { item: best?.classId ?? null, score: best?.score ?? 0 };
  writeAnswerPoint?.({ headVersion, isPinned, ...front, isUnknown, entropy, items, strangeness, origin });
}
