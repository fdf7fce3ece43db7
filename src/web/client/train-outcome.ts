/** A training run in words, under way and done, and whether another one should follow. Pure. */
import type { TrainingRun } from "./admin-answers.ts";
import { countOf } from "./numbers.ts";

export interface OutcomeWords {
  readonly isProblem: boolean;
  readonly text: string;
}

export function describeRun(run: TrainingRun): OutcomeWords {
  const message = run.message ?? "";
  const more = run.remaining > 0 ? ` ${describeWaiting(run.remaining)} for the next run.` : "";
  switch (run.outcome) {
    case "published": {
      const learned = run.absorbed > 0 ? ` It learned from ${countOf(run.absorbed, "new label")}.` : "";
      return { isProblem: false, text: `Version ${run.headVersion ?? ""} is live.${learned}${more}` };
    }
    case "absorbed":
      return { isProblem: false, text: `${countOf(run.absorbed, "label")} taken in. ${message}${more}`.trim() };
    case "held": {
      const where = "Look at it under Versions and make it live if you like.";
      return { isProblem: false, text: `Version ${run.headVersion ?? ""} was made but is not live. ${where}${more}` };
    }
    case "rebuilding":
    case "busy":
      return { isProblem: false, text: message };
    case "idle":
      return { isProblem: false, text: "Nothing new to learn: the live version knows every label." };
    case "overtaken":
      return { isProblem: false, text: "Another training run was already at work and did it." };
    default:
      return { isProblem: true, text: message === "" ? "The training failed. Try again." : message };
  }
}

/** Whether another run at once would get further: labels or a rebuild are left, and this run got somewhere. */
export function shouldGoOn({ outcome, remaining, absorbed }: TrainingRun): boolean {
  if (outcome === "rebuilding") return true;
  return ["published", "absorbed", "held"].includes(outcome) && remaining > 0 && absorbed > 0;
}

/** What is said between two runs. */
export function describeProgress({ outcome, remaining, message }: TrainingRun): string {
  if (outcome === "rebuilding") return message ?? "";
  return `Going on: ${describeWaiting(remaining)}.`;
}

function describeWaiting(labels: number): string {
  return `${countOf(labels, "label")} still ${labels === 1 ? "waits" : "wait"}`;
}

const OUTCOME_WORDS: ReadonlyMap<string, string> = new Map([
  ["published", "went live"],
  ["held", "held back"],
  ["absorbed", "labels taken in"],
  ["rebuilding", "rebuilding"],
  ["overtaken", "another run did it"],
  ["failed", "failed"],
]);

/** The outcome of a past run in a word or two, for a table. */
export function nameOutcome(outcome: string): string {
  return OUTCOME_WORDS.get(outcome) ?? outcome;
}
