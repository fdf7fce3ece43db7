/** What a training run comes to, where it leaves a row. */

/** `held`: a head was made and the gate kept it from going live; `overtaken`: another run was faster. */
export const RECORDED_OUTCOMES = ["published", "held", "absorbed", "rebuilding", "overtaken", "failed"] as const;
/** An outcome that leaves a row; `idle` and `busy` leave none. */
export type RecordedOutcome = (typeof RECORDED_OUTCOMES)[number];
