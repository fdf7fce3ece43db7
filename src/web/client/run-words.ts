/** Training runs that somebody else started, and the last one, in words. Pure. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Overview } from "./admin-answers.ts";
import type { PastRun } from "./history-answers.ts";

/** What is at work, and what was done last. */
export type Work = Overview["training"];

const MS_PER_SECOND = 1_000;
const { news, record } = kitchen.training;
const STARTS: ReadonlyMap<string, string> = new Map([
  ["run", news.run],
  ["restore", news.restore],
]);
const ENDS_WITHOUT_RECORD: ReadonlyMap<string, string> = new Map([
  ["run", news.runWithoutRecord],
  ["restore", news.restoreWithoutRecord],
]);

/** What is new since `before` (null: this is the first look), said once; null when that is nothing. */
export function tellNews(before: Work | null, { atWork, last }: Work): string | null {
  if (atWork !== null) return before?.atWork === atWork ? null : (STARTS.get(atWork) ?? null);
  if (before === null) return null;
  if (last !== null && last.id !== before.last?.id) return news.ended(describeRecord(last));
  return before.atWork === null ? null : (ENDS_WITHOUT_RECORD.get(before.atWork) ?? null);
}

/** How far the run is that is at work: beside the news, and not part of them. */
export function describeWaitingLabels({ training, pendingLabels }: Overview): string {
  if (training.atWork !== "run" || pendingLabels === 0) return "";
  return news.waiting(pendingLabels);
}

/** `by staff, in 1.2 s`. */
export function describeStart({ trigger, durationMs }: PastRun): string {
  const seconds = durationMs / MS_PER_SECOND;
  return trigger === "admin" ? record.byStaff(seconds) : record.byClock(seconds);
}

/** What a run did, or why it did not; `whyHeld` is the reason for a version that was held back. */
export function describeRecord(run: PastRun, whyHeld = ""): string {
  const deed = describeDeed(run, whyHeld);
  return run.remaining > 0 ? `${deed} ${record.left(run.remaining)}` : deed;
}

function describeDeed({ outcome, headVersion, absorbed, message, says }: PastRun, whyHeld: string): string {
  const text = kitchen.frame.tell(message ?? "", says);
  const version = headVersion ?? "";
  switch (outcome) {
    case "published":
      return absorbed > 0 ? record.publishedAndLearned(version, absorbed) : record.published(version);
    case "held":
      return absorbed > 0 ? record.heldAndLearned(version, absorbed, whyHeld) : record.held(version, whyHeld);
    case "failed":
      return record.failed(text);
    default:
      return text;
  }
}
