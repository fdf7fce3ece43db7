/** A change of the backbone: how far it is, what comes next, and giving the other one up. In English. */
import { count } from "./words.ts";

export const backbone = {
  note: "The backbone is the network that I work with. It never learns by itself. A better one can take its place, and you label nothing again: whoever looks after this deployment prepares it on their computer.",
  alone: "No other backbone is being prepared.",
  start: "To try one, run this on the computer that this was deployed from, with the name of the backbone:",
  /** Where the samples lie, in the commands. */
  folder: "photos/",
  name: "<name>",
  stands: (inUse: string, other: string) => `${inUse} answers guests. Beside it there is ${other}.`,
  answers: (inUse: string, other: string) =>
    `${other} is deployed and answers guests already; your labels are still made for ${inUse}.`,
  progress: "How far it is",
  progressHeads: ["Examples", "How many"],
  rows: { ready: "ready", missing: "still missing", left: "left behind, with their labels" },
  readyOf: (ready: number, all: number) => `${ready} of ${all}`,
  missing: "What is still missing",
  figures: "Right answers",
  figureRows: { leftOut: "On what you taught, each as if it were new", test: "On the test set" },
  unmeasured: "not measured",
  notJudged: "Both are compared as soon as nothing is missing.",
  next: "What comes next",
  steps: {
    prepare:
      "Run this on the computer that this was deployed from, until nothing is missing; it goes on where it was. What nobody has any more can be left behind with --leave all: its label stays, and counts again later.",
    train: "The next training makes a version with it. Then both are compared.",
    deploy: (other: string) =>
      `If ${other} does better, deploy it: from then on it answers guests. If it does not, give it up.`,
    complete:
      "The next training completes the change. Until then corrections wait, and new examples are refused. To go back, deploy the former one.",
    kept: (other: string) =>
      `The change is made. ${other} is kept for the way back: deploy it, and it answers as before.`,
  },
  leftBehind: (labels: number) =>
    `${count(labels, { one: "label waits", other: "labels wait" })} for what belongs to them. This command looks for it:`,
  giveUp: (other: string) => `Give ${other} up`,
  sure: (other: string, left: number) =>
    left === 0
      ? `What is kept of ${other} goes, with its versions. To use it again you would have to prepare it again. Guests notice nothing.`
      : `What is kept of ${other} goes, with its versions and ${count(left, { one: "label", other: "labels" })} left behind. There is no way back.`,
  yes: "Give it up",
  givenUp: (other: string) => `${other} is given up.`,
};

/** The keys that every language has. */
export type BackboneTexts = typeof backbone;
