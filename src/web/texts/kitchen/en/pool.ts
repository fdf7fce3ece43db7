/** What I am least sure of, in English. Comes where the operator lets it be kept. */

export const pool = {
  empty: "Nothing waits for you here.",
  blind: "Some wait without a picture, so nobody can say what they are: POOL_KEEPS_COPIES in wrangler.toml keeps one.",
  /** Why it is here. */
  reasons: { unknown: "Unlike what you taught me", undecided: "I can’t choose" },
  what: "What is it?",
  /** A name and how likely it is. */
  share: (name: string, share: string) => `${name} ${share}`,
  is: (name: string) => `It is ${name}`,
  labelled: (name: string) => `It is ${name}, then. It counts from the next training on.`,
  none: "It is not on the menu, then. That counts from the next training on.",
  leaveOut: "Leave it out",
  leaveOutIt: "Leave it out: it teaches nothing",
  leftOut: "Left out. It teaches me nothing.",
  gone: "Somebody was faster: it no longer waits.",
  picture: "What somebody photographed",
};

/** The keys that every language has. */
export type PoolTexts = typeof pool;
