/** The outcome of a training run in words. Pure. */
import type { TrainingRun } from "./admin-answers.ts";
import { countOf } from "./numbers.ts";

export interface OutcomeWords {
  readonly isProblem: boolean;
  readonly text: string;
}

export function describeRun(run: TrainingRun): OutcomeWords {
  const message = run.message ?? "";
  const more = run.remaining > 0 ? ` ${countOf(run.remaining, "label")} still wait for the next run.` : "";
  switch (run.outcome) {
    case "published": {
      const learned = run.absorbed > 0 ? ` It learned from ${countOf(run.absorbed, "new label")}.` : "";
      return { isProblem: false, text: `Version ${run.headVersion ?? ""} is live.${learned}${more}` };
    }
    case "absorbed":
      return { isProblem: false, text: `${countOf(run.absorbed, "label")} taken in. ${message}${more}`.trim() };
    case "held":
      return { isProblem: false, text: `Version ${run.headVersion ?? ""} was made but is not live. ${message}${more}` };
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
