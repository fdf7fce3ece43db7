/** How long a training run may hold the statistics at a time, in ms: no setting allows more, and no lease counts beyond it. */
export const LONGEST_RUN_MS = 900_000;
