/** What an example is for: to learn from, or to judge heads by and never to be learnt from. */
export const PURPOSES = ["learn", "test"] as const;
/** One of `PURPOSES`. */
export type Purpose = (typeof PURPOSES)[number];
