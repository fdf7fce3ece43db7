/**
 * The confusion matrix of a version, put together from what the API keeps (the diagonal follows from the totals), cut to
 * the items that are mixed up most, and each of its cells in words. Pure.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { FEW_EXAMPLES } from "./advice.ts";
import { describeCounted } from "./counted.ts";
import type { HeadDetails } from "./head-answers.ts";
import type { Suspect } from "./label-answers.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** More rows than this make a carpet, not a picture. */
export const MAX_MATRIX_ITEMS = 14;

const texts = kitchen.confusion;

/** A row of the matrix: the photos of one item. */
interface ConfusionRow {
  readonly classId: string;
  /** Photos of the item that were judged. */
  readonly total: number;
  /** How many of them were answered with each shown item, in the order of the rows. */
  readonly counts: readonly number[];
}

/** Square: its columns are the items of its rows, in the same order. */
export interface ConfusionMatrix {
  readonly rows: readonly ConfusionRow[];
  /** Items that are not shown: the ones with fewest mistakes. */
  readonly hidden: number;
}

/** A cell off the diagonal: so many photos of `given` were answered `answered`. */
export interface ConfusedCell {
  readonly given: string;
  readonly answered: string;
  readonly count: number;
}

/** Items keep the order of the head; of too many, those with most mistakes stay. */
export function makeMatrix({ perClass, confusions }: HeadDetails): ConfusionMatrix {
  const mistakes = new Map(perClass.map(({ classId }) => [classId, 0]));
  for (const { given, answered, examples } of confusions) {
    for (const id of [given, answered]) mistakes.set(id, (mistakes.get(id) ?? 0) + examples);
  }
  const ranked = perClass.toSorted((a, b) => (mistakes.get(b.classId) ?? 0) - (mistakes.get(a.classId) ?? 0));
  const kept = new Set(ranked.slice(0, MAX_MATRIX_ITEMS));
  const shown = perClass.filter((item) => kept.has(item));
  const wrong = new Map(confusions.map(({ given, answered, examples }) => [cellKey(given, answered), examples]));
  const rows = shown.map(({ classId, examples: total }) => {
    const missed = confusions.reduce((sum, cell) => (cell.given === classId ? sum + cell.examples : sum), 0);
    const counts = shown.map((column) =>
      column.classId === classId ? total - missed : (wrong.get(cellKey(classId, column.classId)) ?? 0),
    );
    return { classId, total, counts };
  });
  return { rows, hidden: perClass.length - shown.length };
}

/** `5 of 40 photos of Hawaiian were answered Margherita.` */
export function describeCell(given: string, answered: string, count: number, total: number): string {
  return given === answered ? texts.recognised(count, total, given) : texts.mistaken(count, total, given, answered);
}

/** The doubted labels that the cell counts, least probable first as they come. */
export function findInCell(suspects: readonly Suspect[], { given, answered }: ConfusedCell): readonly Suspect[] {
  return suspects.filter((suspect) => suspect.given === given && suspect.suggested === answered);
}

/** How many of the cell's photos are listed, and why not the others. */
export function describeFound(found: number, count: number): string {
  if (found >= count) return texts.foundAll;
  if (found === 0) return texts.foundNone;
  return texts.foundSome(found, count);
}

/** How well one item is told apart, in two sentences; empty where too few of its photos could be judged. */
export function describeQuality({ perClass, confusions }: HeadDetails, classId: string, names: ItemNames): string {
  const own = perClass.find((item) => item.classId === classId);
  // On fewer photos any figure would contradict the verdict, which is that it is too early to tell.
  if (own === undefined || own.examples < FEW_EXAMPLES) return "";
  const found = texts.quality(describeCounted(own.recall, own.examples), own.precision);
  const worst = confusions.filter(({ given }) => given === classId).toSorted((a, b) => b.examples - a.examples)[0];
  if (worst === undefined) return found;
  return `${found} ${texts.takenFor(nameOf(names, worst.answered), worst.examples, own.examples)}`;
}

function cellKey(given: string, answered: string): string {
  return JSON.stringify([given, answered]);
}
