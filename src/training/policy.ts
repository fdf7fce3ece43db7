/** What a training run decides, as pure functions of what it found. Every number that bounds a run stands here. */
import {
  descriptionsWait,
  labelsWait,
  tooFewItems,
  tooFewKnownItems,
  tooFewShownItems,
} from "../shared/english/versions.ts";
import type { Problem } from "../shared/problem.ts";

/** How much one run takes on; the rest waits for the next one. */
export interface RunLimits {
  /** Labels absorbed: at 1280 numbers 10,000 are a second of CPU, and with their markers ten of D1's 1,000 queries. */
  readonly labels: number;
  /** Examples taken into a rebuild: 40,000 are some five seconds of the 30 that a cron run has. */
  readonly rebuildRows: number;
  /** Embeddings held in memory at once: 2,000 x 1280 are 3.4 MB of text and 2.6 MB of numbers. */
  readonly pageRows: number;
}

/** What a deployment's runs go by; tests pass smaller ones. */
export const RUN_LIMITS: RunLimits = { labels: 10_000, rebuildRows: 40_000, pageRows: 2_000 };

/** Items whose words one run reads: three sentences each at some milliseconds are a few seconds of the 30 that a cron run has. */
export const MAX_DESCRIBED_PER_RUN = 250;

/** Stored embeddings on which a new head is tried before it goes live. */
export const REPLAY_EXAMPLES = 300;
/** Corrections under review on which a new head is tried too. */
export const REPLAY_REVIEWS = 200;

/** Suspected wrong labels that are kept with a head, the least probable ones. */
export const MAX_SUSPECTS = 200;

/** Mistakes that are kept with a head, those of the least probable labels: 100 bytes each, so 100 KB of its row. */
export const MAX_MISTAKES = 1_000;

/** Items up to which a head keeps a learning curve of each. Of more, the sample has too few rows each to halve them twice. */
export const MAX_CURVE_CLASSES = 85;

/** Heads whose weights are kept besides the live one and the pinned ones. */
export const KEPT_HEADS = 20;

/** A head tells items apart, so it needs two of them with samples. */
const MIN_CLASSES = 2;

/** What a head was made of. */
interface HeadOrigin {
  readonly statisticsVersion: number;
  readonly archiveRevision: number;
}

/** What is live and what is stored, as far as it matters for the decision. */
export interface TrainingState extends HeadOrigin {
  /** The version that last forgot an example. */
  readonly forgetVersion: number;
  /** Active classes with absorbed examples, or with a description that has been read. */
  readonly trainableClasses: number;
  /** The head with the highest number, whether it went live or not. */
  readonly newest: HeadOrigin | null;
  readonly live: HeadOrigin | null;
}

/** True when a new head would differ from the newest one and can be made. */
export function needsNewHead({ newest, ...state }: TrainingState): boolean {
  if (state.trainableClasses < MIN_CLASSES) return false;
  return (
    newest === null ||
    newest.statisticsVersion !== state.statisticsVersion ||
    newest.archiveRevision !== state.archiveRevision
  );
}

/** True when the live head has seen an example that has been forgotten since. It must not stay, whatever the gate says. */
export function hasSeenForgotten({ live, forgetVersion }: Pick<TrainingState, "live" | "forgetVersion">): boolean {
  return live !== null && live.statisticsVersion < forgetVersion;
}

/** What there is to make a head of. */
interface Missing {
  readonly activeClasses: number;
  /** How many of these have examples or, where texts are read, a description. */
  readonly knownClasses: number;
  readonly pendingLabels: number;
  /** Whether descriptions count. */
  readonly goByWords: boolean;
}

/** Why there is no head yet, and what to do, in a sentence for the owner. */
export function explainMissingHead({ activeClasses, knownClasses, pendingLabels, goByWords }: Missing): Problem {
  const needed = MIN_CLASSES;
  if (activeClasses < needed) return tooFewItems({ items: activeClasses, needed });
  if (knownClasses < needed) return (goByWords ? tooFewKnownItems : tooFewShownItems)({ items: knownClasses, needed });
  return pendingLabels === 0 ? descriptionsWait() : labelsWait({ labels: pendingLabels });
}
