/**
 * What a new version changes for the owner: the items that it knows now, those that it has lost, and those that it finds
 * clearly less or more often than the version before. Pure.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { listFewNames } from "./few-names.ts";
import type { HeadComparison } from "./head-answers.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.change;

/** One photo in ten more or less is worth a sentence ... */
const TELLING_SHARE = 0.1;
/** ... unless it is a single photo. */
const TELLING_PHOTOS = 2;

/** How often an item is found, before and now, as shares. */
interface Move {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

interface Change {
  /** Sentences; empty where nothing has changed that an owner would notice. */
  readonly text: string;
  /** Whether something is found less often, or not at all any more: a reason to keep the version before. */
  readonly isLoss: boolean;
}

/** `judged` is how many photos of an item the newer version was judged on. */
export function describeChange(
  { addedClasses, removedClasses, changedClasses }: HeadComparison,
  judged: ReadonlyMap<string, number>,
  names: ItemNames,
): Change {
  const moves = changedClasses.flatMap(({ classId, recallFrom, recallTo }) => {
    if (recallFrom === null || recallTo === null) return [];
    const gain = recallTo - recallFrom;
    const isTelling = Math.abs(gain) >= TELLING_SHARE && Math.abs(gain) * (judged.get(classId) ?? 0) >= TELLING_PHOTOS;
    return isTelling ? [{ name: nameOf(names, classId), gain, from: recallFrom, to: recallTo }] : [];
  });
  const name = (ids: readonly string[]) => listFewNames(ids.map((id) => nameOf(names, id)));
  const losses = moves.filter(({ gain }) => gain < 0);
  const gains = moves.filter(({ gain }) => gain > 0);
  const parts = [
    addedClasses.length === 0 ? "" : texts.known(name(addedClasses), addedClasses.length),
    removedClasses.length === 0 ? "" : texts.unknown(name(removedClasses), removedClasses.length),
    describeLosses(losses),
    gains.length === 0 ? "" : texts.more(listMoves(gains)),
  ].filter((part) => part !== "");
  return { text: toSentence(parts), isLoss: losses.length > 0 };
}

function describeLosses(losses: readonly Move[]): string {
  const [only, ...more] = losses;
  if (only === undefined) return "";
  return more.length === 0
    ? texts.lessOften(only.name, percent(only.from), percent(only.to))
    : texts.less(listMoves(losses));
}

function listMoves(moves: readonly Move[]): string {
  return listFewNames(moves.map(({ name, from, to }) => texts.move(name, percent(from), percent(to))));
}

function toSentence(parts: readonly string[]): string {
  const text = parts.join("; ");
  return text === "" ? "" : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function percent(share: number): number {
  return Math.round(100 * share);
}
