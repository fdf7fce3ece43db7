/** Versions of the head, how they compare and what they mix up, in English. */

export const versions = {
  section: {
    title: "Versions",
    note: "Every training that learned something makes a new one. A worse one is held back, and going back is one click.",
  },
};
