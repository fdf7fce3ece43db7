/**
 * Every number of the head that is a choice rather than a formula, with its reason. Owns no code beyond what derives
 * one such number from another.
 */

/** Shrinkages tried the first time; three decades cover all sets measured, from 2 to 40 photos per class. */
export const RHO_GRID: readonly number[] = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100];

/**
 * Shrinkage used while there are too few leave-one-out rows to choose one: so strong that A is nearly a multiple of I.
 * Fewer than thirty photos do not show which directions vary (decision 9).
 */
export const DEFAULT_RHO = 100;

/** Bounds of the walk from `{rho/3, rho, 3 rho}`, a decade beyond the grid: it must not drift away over months of refits. */
const RHO_BOUNDS = { smallest: 0.003, largest: 1000 } as const;

/** Below this many leave-one-out rows the choice of rho and temperature is noise, so a fit takes the defaults. */
export const MIN_LEAVE_ONE_OUT_ROWS = 30;

/**
 * Below this many leave-one-out rows even the temperature is noise and the default one is used; from here on it is
 * fitted, at the default rho: on real photos the default temperature is overconfident (log-loss .62 against .36).
 */
export const MIN_CALIBRATION_ROWS = 4;

/** Score distance (logits) between a prototype's own class and the median class under the default temperature. */
export const DEFAULT_PROTOTYPE_MARGIN = 12;

/** `h` in `tau / (n + h)`: halves the correction of a one-shot class, whose neighbours it would otherwise eat. */
export const SMALL_SAMPLE_OFFSET = 0.5;

/** Rows of the leave-one-out sample: beyond this the choice of rho no longer changes, and memory grows. */
const MAX_SAMPLE_ROWS = 1024;

/** Rows that one `G += X^T X` takes at once; bounds the memory of an update. */
export const UPDATE_BATCH_ROWS = 256;

/**
 * Share of the right labels that the rule may reach, so that it marks about one in ten of them as perhaps a mistake: more for taught
 * labels, many of which are the answer all the same; less for corrections, whose photos come from elsewhere than those that set
 * the rule. Chosen with mistakes planted in training photos (decision 53).
 */
export const FALSE_DOUBTS = { labels: 0.15, corrections: 0.07 } as const;

/** A head whose scores would find a smaller share of the mistakes doubts no label by its score. */
export const MIN_FOUND_MISTAKES = 0.5;

/**
 * Directions in which the distance of a photo is measured one by one; the rest counts as one mean. 64 find as many strangers as
 * all D do on every set measured (decision 49).
 */
export const MAX_DIRECTIONS = 64;

/** Photos of each kind that a head remembers because the distance alone would judge them wrongly. */
export const MAX_REMEMBERED = 32;

/** Photos marked "not on the menu" that a fit takes: their mean is known to a few percent, and 256 rows are read in one query. */
export const MAX_STRANGERS = 256;

/** Bytes of all int8 rows of a head, so that it fits one row of the database with its evaluation: 1,000 classes of 1,280 numbers. */
export const MAX_HEAD_ROW_BYTES = 1_300_000;

/** Beyond the strangest known photo a distance of this share of the mean makes a photo e times as strange. */
export const TAIL_SHARE = 0.2;

/**
 * How much the photos marked "not on the menu" move the boundary: 1.5 for many, so that what lies towards them is judged by
 * their side as well, and less while one or two may stand for nothing but themselves.
 */
export function strangerPull(marked: number): number {
  return (1.5 * marked) / (marked + 3);
}

/**
 * Examples that the description of a class counts for: measured on texts, 4 is no better and less so once there are labels.
 * A class that has a description alone would be found more often at 1 (half of 77 or 151 intents taught: +.05), and take nearly every text where
 * two of three kinds of mail are taught (.77 becomes .49).
 */
export const DESCRIPTION_WEIGHT = 2;

/**
 * How texts that nobody has labelled are learnt from: so many times the surest share of each class is taken at the head's word, each
 * counting for a part of a person's. At .1 or 1 instead of .3 no set of texts gained more than .01, and fine classes lost.
 */
export const SELF_TRAINING = { rounds: 3, share: 0.6, weight: 0.3 } as const;

/**
 * Without any label nobody can say whether it helped. Then there have to be so many texts for each class: with 1,000 for three kinds of mail
 * .79 became .88, with 13 for each of 77 intents .47 became .42.
 */
export const MIN_UNLABELLED_PER_CLASS = 50;

/**
 * From so many of the least sure examples each one to label is chosen, by how they differ. On the shared training texts 1 (no choice), 3, 5 and 10 teach
 * less, and a quarter of all, half of them and all of them less than random ones do where there are three kinds of mail: the farthest are odd ones.
 */
export const UNSURE_PER_LABEL = 2;

/** From so many photos of a new place on, their mean is good enough to move by. */
export const MIN_PLACE_PHOTOS = 20;

/** Parts in which people's labels are left out to see whether it helped. */
export const GUARD_FOLDS = 10;

/**
 * What a label of the teacher counts for beside a person's. On the shared training texts, with a teacher that is right in .8 or .9 of cases, .1 is
 * as good for three kinds of mail and worse for 77 and 151 intents; 1 is worse for mail, as good for 77 intents, and brings 151 nothing.
 */
export const TEACHER_WEIGHT = 0.3;

/** Bins of the expected calibration error. */
export const CALIBRATION_BINS = 10;

/**
 * Rows of one class in a stratified sample of at most `MAX_SAMPLE_ROWS`: 8 or fewer from 128 classes on, never below 1
 * (with more classes than `MAX_SAMPLE_ROWS`, keep the first rows of the whole sample).
 *
 * @param classCount classes with examples
 */
export function sampleCapPerClass(classCount: number): number {
  return Math.max(1, Math.floor(MAX_SAMPLE_ROWS / Math.max(1, classCount)));
}

/**
 * Shrinkages to try first: the whole grid the first time and after a choice that lies beyond the bounds (of a restored file, say), then the
 * last choice and its neighbours within them.
 */
export function rhoCandidates(previousRho: number | undefined): readonly number[] {
  if (previousRho === undefined) return RHO_GRID;
  const { smallest, largest } = RHO_BOUNDS;
  if (previousRho < smallest || previousRho > largest) return RHO_GRID;
  return [previousRho / 3, previousRho, previousRho * 3].filter((rho) => rho >= smallest && rho <= largest);
}

/**
 * The next shrinkage to try after those, or undefined when the best one has a worse neighbour on both sides or is at
 * the bounds: many photos may have come since the last choice, and one step of 3 would not catch up with them.
 *
 * @param tried at least one
 */
export function nextRho(tried: readonly number[], best: number): number | undefined {
  const { smallest, largest } = RHO_BOUNDS;
  if (best === Math.min(...tried)) return best / 3 >= smallest ? best / 3 : undefined;
  if (best === Math.max(...tried)) return best * 3 <= largest ? best * 3 : undefined;
  return undefined;
}
