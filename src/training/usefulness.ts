/**
 * What staff learn from looking at a correction: much where the live head disagrees, wavers, or may be wrong. Pure.
 *
 *   usefulness = trust * (.4 disagreement + .3 entropy + .3 suspicion)                                  in [0, 1]
 *   disagreement = 1 - p(label)
 *   entropy      = H(p) / log K                                K answers that the head can give; 0 where there is one
 *   suspicion    = max(0, p(best) - p(label))                  the head is sure of another answer: one of the two is wrong
 *   trust        = 1 for an embedding of the server, 1/2 for a device's, which can be forged
 */

import { isLabelDoubted } from "../head/doubts.ts";
import type { Embedding } from "../head/embedding.ts";
import { type ClassScore, type Prediction, predict } from "../head/predict.ts";
import { NONE_ID } from "../shared/none-label.ts";
import type { ServedHead } from "../store/head-cache.ts";

const WEIGHTS = { disagreement: 0.4, entropy: 0.3, suspicion: 0.3 } as const;
const DEVICE_TRUST = 0.5;

/** `usefulness` and the three parts that it weighs, all in [0, 1]. A correction of a device counts half. */
export interface Assessment {
  readonly usefulness: number;
  readonly disagreement: number;
  readonly entropy: number;
  readonly suspicion: number;
  /** Whether the label is perhaps a mistake: of ten right ones about one is called so (doubts.ts). */
  readonly isDoubted: boolean;
  /** The head's answers, best first; empty without a head. */
  readonly scores: readonly ClassScore[];
  /** Probability that the head gives the label; undefined where it does not know it. */
  readonly given: number | undefined;
}

/** A correction as far as its worth depends on it. */
interface AssessedCorrection {
  readonly embedding: Embedding;
  readonly backboneId: string;
  readonly origin: "server" | "device";
  readonly label: string;
}

/** Without a head of the same backbone nothing is known of a correction, and every one is as useful as can be unsure. */
export function assessCorrection(served: ServedHead | null, correction: AssessedCorrection): Assessment {
  if (served === null || served.backboneId !== correction.backboneId) {
    return weigh(correction, {
      disagreement: 1,
      entropy: 1,
      suspicion: 0,
      isDoubted: false,
      scores: [],
      given: undefined,
    });
  }
  const prediction = predict(served.head, correction.embedding, (classId) => !served.names.has(classId));
  const { scores, entropy } = prediction;
  const given = scoreOf(prediction, correction.label);
  return weigh(correction, {
    disagreement: 1 - (given ?? 0),
    entropy: scores.length > 1 ? entropy / Math.log(scores.length) : 0,
    // A label that the head does not know yet is news, not a mistake.
    suspicion: given === undefined || scores.length === 0 ? 0 : Math.max(0, scores[0].score - given),
    isDoubted: isLabelDoubted(prediction, correction.label, served.doubtBelow),
    scores,
    given,
  });
}

/** Undefined where the head does not know the label; a head from before distances knows nothing of what is not on the menu. */
function scoreOf({ scores, none, strangeness }: Prediction, label: string): number | undefined {
  if (label === NONE_ID) return strangeness === null ? undefined : none;
  return scores.find(({ classId }) => classId === label)?.score;
}

function weigh({ origin }: AssessedCorrection, parts: Omit<Assessment, "usefulness">): Assessment {
  const { disagreement, entropy, suspicion } = parts;
  const sum = WEIGHTS.disagreement * disagreement + WEIGHTS.entropy * entropy + WEIGHTS.suspicion * suspicion;
  return { ...parts, usefulness: (origin === "device" ? DEVICE_TRUST : 1) * sum };
}
