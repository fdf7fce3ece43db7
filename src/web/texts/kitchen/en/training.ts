/** Training runs, under way and done, in English. */
import { count } from "./words.ts";

const labels = { one: "label", other: "labels" };
const newLabels = { one: "new label", other: "new labels" };

function stillWait(waiting: number): string {
  return `${count(waiting, labels)} still ${waiting === 1 ? "waits" : "wait"}`;
}

function wasHeld(why: string): string {
  return why === "" ? "That was held back." : `That was held back: ${why}`;
}

function formatSeconds(seconds: number): string {
  return `${seconds < 0.1 ? "under 0.1" : seconds.toFixed(1)} s`;
}

export const training = {
  train: "Train now",
  underWay: "Training…",
  toLearn: (waiting: number) => `${count(waiting, newLabels)} to learn`,
  /** Of a run that was asked for here; `version` is its number, or nothing. */
  outcome: {
    published: (version: number | string) => `Version ${version} is live.`,
    learned: (absorbed: number) => `It learned from ${count(absorbed, newLabels)}.`,
    takenIn: (absorbed: number) => `${count(absorbed, labels)} taken in.`,
    held: (version: number | string) =>
      `Version ${version} was made but is not live. Look at it under Versions and make it live if you like.`,
    idle: "Nothing new to learn: the live version knows every label.",
    overtaken: "Another training run was already at work and did it.",
    failed: "The training failed. Try again.",
    leftForNext: (waiting: number) => `${stillWait(waiting)} for the next run.`,
    goingOn: (waiting: number) => `Going on: ${stillWait(waiting)}.`,
  },
  /** In a table. */
  outcomes: {
    published: "went live",
    held: "held back",
    absorbed: "labels taken in",
    rebuilding: "rebuilding",
    overtaken: "another run did it",
    failed: "failed",
  },
  /** Of a run that is over, whoever started it. */
  record: {
    /** Before the moment, and after it. */
    last: "Last training run: ",
    lastDetails: (start: string, deed: string) => ` ${start}. ${deed}`,
    byStaff: (seconds: number) => `by staff, in ${formatSeconds(seconds)}`,
    byClock: (seconds: number) => `on schedule, in ${formatSeconds(seconds)}`,
    published: (version: number | string) => `It made version ${version}, which went live.`,
    publishedAndLearned: (version: number | string, absorbed: number) =>
      `It made version ${version}, which went live, and learned from ${count(absorbed, newLabels)}.`,
    /** `why` is a sentence, or nothing. */
    held: (version: number | string, why: string) => `It made version ${version}. ${wasHeld(why)}`,
    heldAndLearned: (version: number | string, absorbed: number, why: string) =>
      `It made version ${version} and learned from ${count(absorbed, newLabels)}. ${wasHeld(why)}`,
    failed: (message: string) => `It failed: ${message}`,
    left: (remaining: number) => `It left ${count(remaining, labels)} for the next one.`,
  },
  news: {
    run: "A training run is at work; it was not started here.",
    restore: "A restore is at work. Training waits for it.",
    ended: (deed: string) => `A training run has ended. ${deed}`,
    runWithoutRecord: "The training run is over and has changed nothing.",
    restoreWithoutRecord: "The restore is over, or waits for somebody to continue it.",
    waiting: (waiting: number) => `${count(waiting, labels)} ${waiting === 1 ? "waits" : "wait"} to be taken in.`,
  },
};
