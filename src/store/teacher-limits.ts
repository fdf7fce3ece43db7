/** The bounds of a teacher's questions and of its stored answers, apart from the operator's own. */

/** The most calls a day that `TEACHER_DAILY_CALLS` may allow. */
export const MAX_TEACHER_CALLS = 10_000;

/** Answers that are kept and learnt from, the newest: a refit reads all of them, some 1.7 KB each. */
export const MAX_TEACHER_LABELS = 2_000;

/** Calls about one sample; one that the teacher cannot answer is not worth more. */
export const MAX_TEACHER_ATTEMPTS = 3;

/** Between two calls about one sample: longer than any call and the job around it live. */
export const TEACHER_RETRY_MS = 3_600_000;

/** Below this confidence an answer is kept and does not count. */
export const MIN_TEACHER_CONFIDENCE = 0.5;

/** New answers that are worth a new head; fewer wait for the next one. */
export const TEACHER_LABELS_PER_HEAD = 25;

/** Days of calls that stay to be shown. */
export const KEPT_TEACHER_DAYS = 90;
