/**
 * How heads answer examples that none of them has learnt from. An answer is the first item, as in leave-one-out; of a sample that is
 * not on the menu it is right to find it unlike all items. Pure.
 */
import { NONE_ID } from "../shared/none-label.ts";
import type { Embedding } from "./embedding.ts";
import { groupNearDuplicates } from "./near-duplicates.ts";
import { type Head, predict } from "./predict.ts";
import type { LabelledEmbedding } from "./statistics.ts";

/** One item of a judgement. */
interface TestedClass {
  readonly classId: string;
  /** Examples of it, and those that were answered with it. */
  readonly examples: number;
  readonly right: number;
  /** Examples of any item that were answered with it. */
  readonly answered: number;
}

/** How one head answered the test set. */
export interface TestJudgement {
  /** Examples of items that the head knows, and those that were answered right. */
  readonly examples: number;
  readonly right: number;
  /** Examples that are "not on the menu", and those that were found to be none of the items. */
  readonly strangers: number;
  readonly found: number;
  /** In the order of the head; items without examples are left out. */
  readonly perClass: readonly TestedClass[];
  /** Cells off the diagonal that are not zero. */
  readonly confusions: readonly { readonly given: string; readonly answered: string; readonly examples: number }[];
}

/** How two heads answered the examples of items that both know, with these items alone to choose from. */
export interface TestComparison {
  readonly examples: number;
  readonly rightFrom: number;
  readonly rightTo: number;
  /** Answered rightly by one of them only. */
  readonly onlyFrom: number;
  readonly onlyTo: number;
}

type IsServed = (classId: string) => boolean;

/** Judges one head. Rows of items that it does not know, or that `isServed` rejects, are left out. */
export function judgeTestSet(head: Head, rows: readonly LabelledEmbedding[], isServed: IsServed): TestJudgement {
  const served = head.classIds.filter(isServed);
  const known = new Set(served);
  const pairs = rows
    .filter(({ classId }) => known.has(classId))
    .map((row) => ({ given: row.classId, answered: answerOf(head, row, isServed) }));
  const strangers = rows.filter(({ classId }) => classId === NONE_ID);
  const cells = Map.groupBy(pairs, ({ given, answered }) => JSON.stringify([given, answered]));
  return {
    examples: pairs.length,
    right: pairs.filter(isRight).length,
    strangers: strangers.length,
    found: strangers.filter(({ embedding }) => predict(head, embedding, (id) => !isServed(id)).isUnknown).length,
    perClass: served.map((classId) => countClass(classId, pairs)).filter(({ examples }) => examples > 0),
    confusions: [...cells.values()]
      .filter(([pair]) => !isRight(pair))
      .map((cell) => ({ ...cell[0], examples: cell.length })),
  };
}

/**
 * Judges two heads side by side. Rows of items that one of them does not know, or that `isServed` rejects, are left out. `toRows` are the
 * same examples, in the same order, as the backbone of `to` embedded them.
 */
export function compareOnTestSet(
  from: Head,
  to: Head,
  rows: readonly LabelledEmbedding[],
  isServed: IsServed,
  toRows: readonly LabelledEmbedding[] = rows,
): TestComparison {
  const theirs = new Set(to.classIds);
  const shared = new Set(from.classIds.filter((classId) => theirs.has(classId) && isServed(classId)));
  const isShared = (classId: string) => shared.has(classId);
  const judged = rows
    .map((row, i) => [row, toRows[i]] as const)
    .filter(([{ classId }]) => shared.has(classId))
    .map(([row, toRow]) => ({
      inFrom: answerOf(from, row, isShared) === row.classId,
      inTo: answerOf(to, toRow, isShared) === row.classId,
    }));
  return {
    examples: judged.length,
    rightFrom: judged.filter(({ inFrom }) => inFrom).length,
    rightTo: judged.filter(({ inTo }) => inTo).length,
    onlyFrom: judged.filter(({ inFrom, inTo }) => inFrom && !inTo).length,
    onlyTo: judged.filter(({ inFrom, inTo }) => inTo && !inFrom).length,
  };
}

function answerOf(head: Head, { embedding }: LabelledEmbedding, isServed: IsServed): string {
  return predict(head, embedding, (classId) => !isServed(classId)).scores[0]?.classId ?? NONE_ID;
}

interface Pair {
  readonly given: string;
  readonly answered: string;
}

function isRight({ given, answered }: Pair): boolean {
  return given === answered;
}

function countClass(classId: string, pairs: readonly Pair[]): TestedClass {
  const own = pairs.filter(({ given }) => given === classId);
  const answered = pairs.filter((pair) => pair.answered === classId).length;
  return { classId, examples: own.length, right: own.filter(isRight).length, answered };
}

/* Which examples of an item to set aside for a test: a share of them, pictures of the same thing together. Pure. */

/** An example that may be set aside. */
export interface TestCandidate {
  readonly sampleId: string;
  readonly embedding: Embedding;
}

/**
 * Up to `wanted` of the candidates, in their order. Near copies go together or stay together: one is no test for a head
 * that has learnt the other. A group that is larger than what is still wanted stays, so a small item may give fewer. Where
 * no group fits, as in an item whose pictures all look alike, its first candidates go without their copies.
 */
export function chooseTest(candidates: readonly TestCandidate[], wanted: number): string[] {
  const chosen: string[] = [];
  for (const group of groupNearDuplicates(candidates)) {
    if (chosen.length >= wanted) break;
    if (chosen.length + group.length <= wanted) chosen.push(...group.map(({ sampleId }) => sampleId));
  }
  if (chosen.length > 0) return chosen;
  return candidates.slice(0, Math.max(0, wanted)).map(({ sampleId }) => sampleId);
}

/** How many more of an item's examples to set aside, so that `share` of all of them are; rounded down. */
export function missingFromTest(learnt: number, aside: number, share: number): number {
  return Math.max(0, Math.floor(share * (learnt + aside)) - aside);
}
