/**
 * The few words from which a value of a column, an option or a variable is chosen, where more than one layer has to
 * know them.
 */

/** What an example is for: to learn from, or to judge heads by and never to be learnt from. */
export const PURPOSES = ["learn", "test"] as const;
/** One of `PURPOSES`. */
export type Purpose = (typeof PURPOSES)[number];

/** What an operator may have kept of labelled samples: nothing, something to look at, or with it the sample itself. */
export const KEPT_PICTURES = ["none", "thumbnails", "originals"] as const;
/** A value of `KEEP_PICTURES`. */
export type KeptPictures = (typeof KEPT_PICTURES)[number];

/** Buckets of R2 by the bindings through which a deployment opts in: `BACKUPS` for copies of everything, `PICTURES` for originals. */
export type BucketName = "BACKUPS" | "PICTURES";

/** `held`: a head was made and the gate kept it from going live; `overtaken`: another run was faster. */
export const RECORDED_OUTCOMES = ["published", "held", "absorbed", "rebuilding", "overtaken", "failed"] as const;
/** An outcome that leaves a row; `idle` and `busy` leave none. */
export type RecordedOutcome = (typeof RECORDED_OUTCOMES)[number];
