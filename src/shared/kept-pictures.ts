/** What an operator may have kept of labelled samples: nothing, something to look at, or with it the sample itself. */
export const KEPT_PICTURES = ["none", "thumbnails", "originals"] as const;
/** A value of `KEEP_PICTURES`. */
export type KeptPictures = (typeof KEPT_PICTURES)[number];
