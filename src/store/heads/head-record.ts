/** What a head's row keeps as JSON beside its weights: figures, the gate's word, the replay, and what the evaluation found. */

import type { Evaluation } from "../../head/evaluate.ts";
import type { JudgedLabels } from "../../head/judged-fit.ts";
import type { Sentence } from "../../shared/sentence.ts";

/** The figures of a head's leave-one-out evaluation that are kept with it. */
export interface StoredEvaluation
  extends Pick<Evaluation, "examples" | "accuracy" | "macroF1" | "logLoss" | "expectedCalibrationError"> {
  /** Whether there were too few photos to say what is unlike them; absent, like the next, in heads made before. */
  readonly fewPhotos?: boolean;
  readonly doubtBelow?: Evaluation["doubtBelow"];
  /** Samples marked "not on the menu" that the fit was shown; absent in heads made before any were. */
  readonly strangers?: StoredStrangers;
  /** Accuracy on the same examples by the head that has seen them: how far above `accuracy` shows overfitting; absent in heads made before. */
  readonly taughtAccuracy?: number;
  /** What people's labels said of the teacher's; absent where it had said nothing. */
  readonly teacher?: JudgedLabels;
  /** The same of the head's own answers to what the pool keeps; absent where it kept nothing to learn from. */
  readonly pool?: JudgedLabels;
}

/** How many marked samples there were, and how many the head would have found without them; null where it cannot be said. */
interface StoredStrangers {
  readonly marked: number;
  readonly found: number | null;
}

/** How a head answered the examples that were set aside when it was made, of the items that it knows; no sample is named. */
export interface StoredTest {
  readonly examples: number;
  readonly right: number;
  /** Examples that are "not on the menu", and those of them that it found to be none of the items. */
  readonly strangers: number;
  readonly found: number;
}

/** Each sample that was judged with itself left out: the first half of its id, `-log p(label)` to 4 digits, 1 where the answer was right. */
export type StoredScorecard = readonly (readonly [photo: string, loss: number, correct: 0 | 1])[];

/**
 * Where its answer differs from the label, each sample left out, least probable label first: id, places of the label and of the answer among the
 * head's items, and both probabilities to 4 digits.
 */
export type StoredMistakes = readonly (readonly [
  photo: string,
  given: number,
  answered: number,
  givenProbability: number,
  answeredProbability: number,
])[];

/** Whether the head may go live, and why, in English. */
export interface StoredGate {
  readonly passed: boolean;
  readonly reason: string;
  /** What `reason` says, for other languages; absent in heads made before. */
  readonly says?: readonly Sentence[];
}

/** The last stored embeddings through this head and the one that was live. */
export interface StoredReplay {
  /** Embeddings replayed, and those of them whose first answer differs. */
  readonly replayed: number;
  readonly changed: number;
  /** Some of them, by sample. */
  readonly changes: readonly { readonly photo: string; readonly from: string; readonly to: string }[];
}

/** The part of an evaluation that grows with the classes; read for one head at a time. */
export interface StoredDetails {
  readonly perClass: readonly {
    readonly classId: string;
    readonly examples: number;
    readonly precision: number;
    readonly recall: number;
    /** Recall by the head that was live when this one was made; absent where there was none, or it did not measure the class. */
    readonly recallBefore?: number;
    /** Samples and recall at a quarter, a half and all of those drawn; absent in older heads and on long menus. */
    readonly curve?: readonly (readonly [examples: number, recall: number])[];
  }[];
  /** Cells off the diagonal that are not zero. */
  readonly confusions: readonly { readonly given: string; readonly answered: string; readonly examples: number }[];
  /** Labels that the other examples contradict, least probable first. */
  readonly suspects: readonly {
    readonly photo: string;
    readonly given: string;
    readonly suggested: string;
    readonly givenProbability: number;
    readonly suggestedProbability: number;
  }[];
}
