/** What to do next, and the four figures, in English. */
import { count, words } from "./words.ts";

const photos = { one: "photo", other: "photos" };

export const overview = {
  name: "Overview",
  next: "Next",
  looking: "Looking around…",
  goThere: "Go there",
  links: { reviews: "Look at them", versions: "Look at it" },
  figures: { accuracy: "Accuracy", version: "Live version", examples: "Labelled photos", waiting: "New labels" },
  notYetTrained: "not trained yet",
  notYetMeasured: "not measured yet",
  unchecked: "nobody has checked it: it goes by descriptions alone",
  measured: (counted: string, examples: number) =>
    `${counted}. Each of ${count(examples, photos)} was judged as if new`,
  noVersion: "none yet",
  ofItems: (items: number) => `of ${count(items, { one: "item", other: "items" })}`,
  toReview: (reviews: number) => `and ${words.formatCount(reviews)} to review`,
  allLearned: "all learned",
  notLearned: "not learned yet",
  rebuilding: "The sums are being rebuilt from the labels; new labels are taken in after that.",
  webhooksEnded: (addresses: number) =>
    `${count(addresses, { one: "address gets", other: "addresses get" })} no messages any more: see Settings, Messages to other systems.`,
  held: "Later versions are held: a new one goes live when you say so, under Versions.",
  backup: {
    never: "The first backup has failed. ",
    /** Then the time, and a full stop. */
    last: "The backup has failed. The last whole one is from ",
    advice: "I try again every hour. Whoever set me up can see why with npx headstart doctor.",
  },
  advice: {
    nothing: { title: "Nothing to decide", detail: "What guests correct will show up here." },
    held: {
      title: (version: number) => `Version ${version} was held back`,
      detail: "See what guests would notice, and make it live if you like it better than I do.",
    },
    first: {
      title: "Put the first items on the menu",
      detail: "Name two items, then add a few photos to each. A minute later guests can try it.",
    },
    second: {
      title: "Add a second item",
      detail: (name: string) => `Telling apart takes two: ${name} needs company.`,
    },
    show: {
      title: (names: string) => `Show photos of ${names}`,
      detail: "Add them to the items of the menu. Ten each are a good start.",
    },
    train: {
      title: "Train the first version",
      detail: (examples: number) =>
        `${count(examples, { one: "labelled photo", other: "labelled photos" })} are ready to learn from.`,
      described: "The descriptions will do for a first version.",
    },
    reviews: {
      title: (reviews: number) =>
        `${count(reviews, { one: "correction", other: "corrections" })} from guests to look at`,
      detail: "Nothing that a guest says counts before you have seen it.",
    },
    learn: {
      detail: "Train now, or leave it to the next scheduled run.",
    },
    bare: {
      title: (names: string, items: number) => `${names} ${items === 1 ? "has" : "have"} no photos yet`,
      detail: "Without any, nobody will ever hear that name.",
    },
    few: {
      title: (name: string) => `A few more photos of ${name}`,
      detail: (examples: number, enough: number) =>
        `It has ${count(examples, photos)}; with ${enough} or more it gets reliable.`,
    },
    weak: {
      title: "More photos would help",
      detail: (accuracy: number) =>
        `I am right about ${words.formatShare(accuracy)} of the time. Photos that differ from each other help most.`,
    },
    example: {
      title: "Now put an item of your own on the menu",
      detail: "What you see is an example; one click takes it away.",
    },
    well: { title: "All is well", detail: "What guests correct will show up here." },
  },
  unknownOfFew: (days: number, unknown: number, answers: number) =>
    `In the last ${days} days ${unknown === 0 ? "none" : unknown} of ${count(answers, photos)} looked like nothing on the menu.`,
  unknown: (days: number, share: number, answers: number) =>
    `In the last ${days} days ${words.formatShare(share)} of ${count(answers, photos)} looked like nothing on the menu.`,
  unknownThan: (days: number, share: number, answers: number, before: number) =>
    `In the last ${days} days ${words.formatShare(share)} of ${count(answers, photos)} looked like nothing on the menu; ` +
    `usually it is ${words.formatShare(before)}.`,
};
