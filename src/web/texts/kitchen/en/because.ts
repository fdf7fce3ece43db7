/** The labelled photos that an answer stands on. In English. */

export const because = {
  ask: "Why?",
  /** What the button is called: what it reads, and what it is about. */
  askAbout: (what: string) => `Why? ${what}`,
  speakFor: (item: string) => `These photos speak for ${item}:`,
  /** After the name of a row's own item, where that is not the one it speaks for. */
  unlike: "unlike this photo",
  howUnlike: "A photo of one item speaks for the other when it looks unlike the photo in question.",
  itself: "this very photo",
  wrong: "This label is wrong",
  wrongOf: (photo: string) => `This label is wrong: photo ${photo}`,
  none: "None of my photos.",
  nothing: "There is nothing to show yet: both items need photos that I have learned.",
  capped: (weighed: number, learned: number) =>
    `I weighed ${weighed} of the ${learned} photos of the two, always the same ones.`,
  outdated: "Labels have changed since I learned this version; these are today’s.",
};
