/** A training run in words, under way and done, and whether another one should follow. Pure. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { TrainingRun } from "./admin-answers.ts";

const { outcome: texts } = kitchen.training;

interface OutcomeWords {
  readonly isProblem: boolean;
  readonly text: string;
}

/** Words of the API are put into the page's language. */
export function describeRun(run: TrainingRun): OutcomeWords {
  const message = kitchen.frame.tell(run.message ?? "", run.says);
  const version = run.headVersion ?? "";
  const more = run.remaining > 0 ? texts.leftForNext(run.remaining) : "";
  const good = (...sentences: readonly string[]) => ({
    isProblem: false,
    text: sentences.filter((sentence) => sentence !== "").join(" "),
  });
  switch (run.outcome) {
    case "published":
      return good(texts.published(version), run.absorbed > 0 ? texts.learned(run.absorbed) : "", more);
    case "absorbed":
      return good(texts.takenIn(run.absorbed), message, more);
    case "held":
      return good(texts.held(version), more);
    case "rebuilding":
    case "busy":
      return good(message);
    case "idle":
      return good(texts.idle);
    case "overtaken":
      return good(texts.overtaken);
    default:
      return { isProblem: true, text: message === "" ? texts.failed : message };
  }
}

/** Whether another run at once would get further: labels or a rebuild are left, and this run got somewhere. */
export function shouldGoOn({ outcome, remaining, absorbed }: TrainingRun): boolean {
  if (outcome === "rebuilding") return true;
  return ["published", "absorbed", "held"].includes(outcome) && remaining > 0 && absorbed > 0;
}

/** What is said between two runs. */
export function describeProgress({ outcome, remaining, message, says }: TrainingRun): string {
  return outcome === "rebuilding" ? kitchen.frame.tell(message ?? "", says) : texts.goingOn(remaining);
}

const OUTCOME_WORDS: ReadonlyMap<string, string> = new Map(Object.entries(kitchen.training.outcomes));

/** The outcome of a past run in a word or two, for a table. */
export function nameOutcome(outcome: string): string {
  return OUTCOME_WORDS.get(outcome) ?? outcome;
}
