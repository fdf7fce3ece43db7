/** Versions of the head in words: how right, in which state, why, and what guests would notice. Pure. */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import type { HeadEvaluation, HeadVersion, Replay } from "./head-answers.ts";
import { wilsonInterval } from "./wilson.ts";

/** Names of items by id; an item that is gone for good has none and goes by its id. */
export type ItemNames = ReadonlyMap<string, string>;

export type VersionState = "live" | "held" | "gone" | "ready";

const REPLAY_PAIRS_NAMED = 3;

const { formatShare, joinNames } = kitchen.words;
const texts = kitchen.versions;

export function nameOf(names: ItemNames, classId: string): string {
  return names.get(classId) ?? classId;
}

/**
 * Standard error of an accuracy over n photos, with two successes and two failures added (Agresti and Coull), as the gate
 * counts: `p = (correct + 2) / (n + 4)`, `sqrt(p (1 - p) / (n + 4))`. Ten right out of ten are not certainty.
 */
export function accuracyError({ accuracy, examples }: Pick<HeadEvaluation, "accuracy" | "examples">): number {
  const smoothed = (accuracy * examples + 2) / (examples + 4);
  return Math.sqrt((smoothed * (1 - smoothed)) / (examples + 4));
}

/** `91% ± 3%`: the accuracy and one standard error, rounded up. */
export function formatAccuracy(evaluation: Pick<HeadEvaluation, "accuracy" | "examples"> | null): string {
  if (evaluation === null) return texts.unmeasured;
  return `${formatShare(evaluation.accuracy)} ± ${formatError(evaluation)}`;
}

function formatError(evaluation: Pick<HeadEvaluation, "accuracy" | "examples">): string {
  return formatShare(Math.ceil(accuracyError(evaluation) * 100) / 100);
}

/** `likely 83% to 95%`: Wilson's interval at 95 %, for a page without statistics. */
export function describeInterval({ accuracy, examples }: Pick<HeadEvaluation, "accuracy" | "examples">): string {
  const { low, high } = wilsonInterval(accuracy, examples);
  return texts.interval(low, high);
}

/** `held`: the gate, or an admin's hold, kept it from going live. `ready`: it was live once, or may be. */
export function stateOf(head: Pick<HeadVersion, "live" | "purgedAt" | "gate">): VersionState {
  if (head.live) return "live";
  if (head.purgedAt !== null) return "gone";
  return head.gate?.passed === false ? "held" : "ready";
}

/** The gate's reason, or what is left to say when there is nothing to go back to. */
export function describeGate({ gate, purgedAt }: Pick<HeadVersion, "gate" | "purgedAt">): string {
  if (purgedAt !== null) return texts.gone;
  return kitchen.frame.apiText(gate?.reason ?? "");
}

/** Which answers to the last stored photos differ from those of the version that was live when this one was made. */
export function describeReplay(replay: Replay | null, names: ItemNames): string {
  if (replay === null || replay.replayed === 0) return "";
  const { changed, replayed } = replay;
  return changed === 0
    ? texts.replay.same(replayed)
    : texts.replay.changed(changed, replayed, describePairs(replay, names));
}

function describePairs({ changes, changed }: Replay, names: ItemNames): string {
  const pairs = Map.groupBy(changes, ({ from, to }) => JSON.stringify([from, to]));
  const ranked = [...pairs.values()].toSorted((one, other) => other.length - one.length).slice(0, REPLAY_PAIRS_NAMED);
  const named = ranked.reduce((sum, { length }) => sum + length, 0);
  const parts = ranked.map(([{ from, to }, ...others]) =>
    texts.replay.pair(1 + others.length, nameOf(names, from), nameOf(names, to)),
  );
  return joinNames(named < changed ? [...parts, texts.replay.others(changed - named)] : parts);
}
