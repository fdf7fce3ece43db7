/** Corrections from guests, labels in doubt and what guests miss, in English. */

export const reviews = {
  section: {
    title: "Corrections from guests",
    note: "What you accept counts from the next training on.",
  },
  doubtsSection: {
    title: "Labels I doubt",
    note: "All other photos speak against them. You know better; nothing changes by itself.",
  },
};
