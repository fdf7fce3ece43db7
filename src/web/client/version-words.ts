/** Versions of the head in words: how right, in which state, and what guests would notice. Pure. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { describeCounted } from "./counted.ts";
import type { HeadEvaluation, HeadVersion, Replay } from "./head-answers.ts";

/** Names of items by id; an item that is gone for good has none and goes by its id. */
export type ItemNames = ReadonlyMap<string, string>;

/** `held`: the gate kept it from going live; `gone`: its weights have been deleted. */
type VersionState = "live" | "held" | "gone" | "ready";

const REPLAY_PAIRS_NAMED = 3;

const { joinNames } = kitchen.words;
const texts = kitchen.versions;

/** The id itself where the menu no longer has the item. */
export function nameOf(names: ItemNames, classId: string): string {
  return names.get(classId) ?? classId;
}

/** `Right: about 13 of 20, probably between 9 and 16`. A version that no label has taught knows descriptions, and nobody has checked it. */
export function describeAccuracy({
  evaluation,
  examples,
}: {
  readonly evaluation: Pick<HeadEvaluation, "accuracy" | "examples"> | null;
  readonly examples: number;
}): string {
  if (evaluation === null) return examples === 0 ? texts.unchecked : texts.unmeasured;
  return texts.right(describeCounted(evaluation.accuracy, evaluation.examples));
}

/** How it did on what was set aside when it was made; empty where nothing was. */
export function describeTested({ tested }: Pick<HeadVersion, "tested">): string {
  if (tested === null || tested.examples === 0) return "";
  return texts.tested(describeCounted(tested.right / tested.examples, tested.examples));
}

/** `held`: the gate, or an admin's hold, kept it from going live. `ready`: it was live once, or may be. */
export function stateOf(head: Pick<HeadVersion, "live" | "purgedAt" | "gate">): VersionState {
  if (head.live) return "live";
  if (head.purgedAt !== null) return "gone";
  return head.gate?.passed === false ? "held" : "ready";
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
