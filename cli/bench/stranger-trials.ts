/**
 * Heads that learn a few photos of each item and answer photos of nothing on their menu. Pure: the same sets give the
 * same figures. Training parts teach and mark, test parts judge.
 */
import type { Embedding } from "../../src/head/embedding.ts";
import { fitHead } from "../../src/head/fit.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import type { Head } from "../../src/head/predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import { sha256Of } from "../backbone/file-identity.ts";
import { judgeStrangers, type StrangerFigures } from "../evaluate/judge-strangers.ts";
import { takeStratified } from "../evaluate/sample.ts";
import { CommandError } from "../shared/command.ts";
import { HEAD_OPTIONS } from "./accuracy-judges.ts";
import type { EmbeddedMenu } from "./accuracy-trials.ts";

/** One line of the table: means over the seeds. */
export interface StrangerRow extends StrangerFigures {
  readonly backbone: string;
  readonly menu: string;
  readonly strangers: string;
  /** Photos per item. */
  readonly shots: number;
}

/** With so many of the strangers' training photos marked "not on the menu". */
export interface MarkedRow extends StrangerRow {
  readonly marked: number;
}

/** A menu, and the set that its strangers come from. */
export interface Pairing {
  readonly menu: string;
  readonly strangers: string;
}

/** Choices of the photos taught. */
export const SEEDS = [1, 2, 3, 4, 5];
/** Classes of a strangers' set that are on the menu after all. */
const ON_THE_MENU: Readonly<Record<string, readonly string[]>> = {
  "pizza-menu/food101-13": ["pizza"],
  "pizza-or-not/food101-13": ["pizza"],
};

/** Asks heads of this many photos per item, `marked` strangers told beforehand. */
export function measureStrangers(
  menus: readonly EmbeddedMenu[],
  { menu, strangers }: Pairing,
  shots: number,
  marked: number,
  kernels: Kernels,
): StrangerFigures {
  const own = findMenu(menus, menu);
  const [known, judged] = [partOf(own, "test"), strangersTo(menus, { menu, strangers }, "test")].map(embeddingsOf);
  const pool = strangersTo(menus, { menu, strangers }, "train");
  const figures = SEEDS.map((seed) => {
    const taught = own.classIds.flatMap((id) => shuffle(rowsOf(own, id), seed).slice(0, shots));
    const told = embeddingsOf(shuffle(pool, seed).slice(0, marked));
    return judgeStrangers(fitHeadOf(taught, own.classIds, told, kernels), known ?? [], judged ?? []);
  });
  const mean = (pick: (one: StrangerFigures) => number) =>
    figures.reduce((sum, one) => sum + pick(one), 0) / SEEDS.length;
  return {
    auroc: mean(({ auroc }) => auroc),
    found: mean(({ found }) => found),
    falseAlarms: mean(({ falseAlarms }) => falseAlarms),
  };
}

function fitHeadOf(
  taught: readonly LabelledEmbedding[],
  classIds: readonly string[],
  strangers: readonly Embedding[],
  kernels: Kernels,
): Head {
  const stats = createStatistics(taught[0]?.embedding.values.length ?? 0);
  addExamples(stats, taught, kernels);
  const fitted = fitHead(stats, takeStratified(taught, classIds), { ...HEAD_OPTIONS, classIds, strangers, kernels });
  if (!fitted.ok) throw new CommandError(fitted.error.message);
  return fitted.value.head;
}

/** Photos of the other set whose classes are not on the menu. */
export function strangersTo(
  menus: readonly EmbeddedMenu[],
  { menu, strangers }: Pairing,
  part: "train" | "test",
): LabelledEmbedding[] {
  const absent = ON_THE_MENU[`${menu}/${strangers}`] ?? [];
  return partOf(findMenu(menus, strangers), part).filter(({ classId }) => !absent.includes(classId));
}

/** The set of this name; throws `CommandError` where it is not shared. */
export function findMenu(menus: readonly EmbeddedMenu[], name: string): EmbeddedMenu {
  const found = menus.find(({ menu }) => menu === name);
  if (found === undefined) throw new CommandError(`The set ${name} is not among the shared photos.`);
  return found;
}

/** Its training rows, or its test rows. */
export function partOf({ rows, trainCount }: EmbeddedMenu, part: "train" | "test"): readonly LabelledEmbedding[] {
  return part === "train" ? rows.slice(0, trainCount) : rows.slice(trainCount);
}

/** Training rows of one class. */
export function rowsOf(menu: EmbeddedMenu, id: string): LabelledEmbedding[] {
  return partOf(menu, "train").filter(({ classId }) => classId === id);
}

function embeddingsOf(rows: readonly LabelledEmbedding[]): Embedding[] {
  return rows.map(({ embedding }) => embedding);
}

/** By the hash of seed and position: fewer are the first of more. */
export function shuffle<T>(items: readonly T[], seed: number): T[] {
  const keyed = items.map((item, i) => ({ item, key: sha256Of(Buffer.from(`${seed}/${i}`)) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item);
}
