/** Training runs that somebody else started, and the last one, in words. Pure. */
import type { Overview } from "./admin-answers.ts";
import type { PastRun } from "./history-answers.ts";
import { countOf } from "./numbers.ts";
import { inKitchenWords } from "./version-words.ts";

/** What is at work, and what was done last. */
export type Work = Overview["training"];

const MS_PER_SECOND = 1_000;
const STARTS: ReadonlyMap<string, string> = new Map([
  ["run", "A training run is at work that was not started here."],
  ["restore", "A restore is at work. Training waits for it."],
]);
const ENDS_WITHOUT_RECORD: ReadonlyMap<string, string> = new Map([
  ["run", "The training run is over and has changed nothing."],
  ["restore", "The restore is over, or waits to be gone on with."],
]);

/** What is new since `before` (null: this is the first look), said once; null when that is nothing. */
export function tellNews(before: Work | null, { atWork, last }: Work): string | null {
  if (atWork !== null) return before?.atWork === atWork ? null : (STARTS.get(atWork) ?? null);
  if (before === null) return null;
  if (last !== null && last.id !== before.last?.id) return `A training run has ended. ${describeRecord(last)}`;
  return before.atWork === null ? null : (ENDS_WITHOUT_RECORD.get(before.atWork) ?? null);
}

/** How far the run is that is at work: beside the news, and not part of them. */
export function describeWaitingLabels({ training, pendingLabels }: Overview): string {
  if (training.atWork !== "run" || pendingLabels === 0) return "";
  return `${countOf(pendingLabels, "label")} ${pendingLabels === 1 ? "waits" : "wait"} to be taken in.`;
}

/** `by staff, in 1.2 s`. */
export function describeStart({ trigger, durationMs }: PastRun): string {
  const seconds = durationMs < 100 ? "under 0.1" : (durationMs / MS_PER_SECOND).toFixed(1);
  return `by ${trigger === "admin" ? "staff" : "the clock"}, in ${seconds} s`;
}

/** What a run did, or why it did not; `whyHeld` is the reason for a version that was held back. */
export function describeRecord(run: PastRun, whyHeld = ""): string {
  const left = run.remaining > 0 ? ` It left ${countOf(run.remaining, "label")} for the next one.` : "";
  return `${describeDeed(run, whyHeld)}${left}`;
}

function describeDeed({ outcome, headVersion, absorbed, message }: PastRun, whyHeld: string): string {
  const learned = absorbed > 0 ? ` and learned from ${countOf(absorbed, "new label")}` : "";
  const text = inKitchenWords(message ?? "");
  switch (outcome) {
    case "published":
      return `It made version ${headVersion ?? ""}, which went live${learned === "" ? "" : `,${learned}`}.`;
    case "held":
      return `It made version ${headVersion ?? ""}${learned}. That was held back${whyHeld === "" ? "." : `: ${whyHeld}`}`;
    case "failed":
      return `It failed: ${text}`;
    default:
      return text;
  }
}
