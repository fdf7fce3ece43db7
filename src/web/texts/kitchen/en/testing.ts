/** The test set: what is set aside, how the live version answers it, and what both figures mean. In English. */
import { count } from "./words.ts";

const exampleForms = { one: "example", other: "examples" };

export const testing = {
  note: "Examples that are set aside. No version learns from them, so they show how it does with what it has never seen.",
  empty: "Nothing is set aside yet.",
  noVersion: "No version is live yet that could be tested.",
  /** Both figures, and what each means in one sentence. */
  figures: "Right answers",
  leftOut: "On what you taught it",
  leftOutMeans:
    "It judges each example that it learnt from as if that one were new: this shows how well what you taught fits together.",
  aside: "On the test set",
  asideMeans:
    "Nobody taught it any of these: this shows how it does with new ones, as long as you change nothing just to get these right.",
  unmeasured: "not measured",
  strangers: (found: number, marked: number) =>
    `Of ${count(marked, exampleForms)} that are none of the items it finds ${found}.`,
  notCounted: (examples: number) =>
    `${count(examples, exampleForms)} more: not counted, because this version has learnt from them. The next training takes them out.`,
  items: "Item by item",
  itemHeads: ["Item", "Set aside", "Right"],
  mistakes: "What it mixes up",
  mistakeHeads: ["It is", "Answered", "Times"],
  setAside: "Set a fifth of each item aside",
  setAsideDone: (examples: number) =>
    examples === 0
      ? "Nothing more to set aside: each item has its fifth, or fewer than five examples."
      : `${count(examples, exampleForms)} set aside. The next training makes a version without them.`,
  giveBack: "Give all of them back",
  giveBackDone: (examples: number) =>
    `${count(examples, exampleForms)} given back. The next training learns them again.`,
};

/** The keys that every language has. */
export type TestingTexts = typeof testing;
