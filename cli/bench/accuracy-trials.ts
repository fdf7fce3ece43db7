/** Which photos a head learns from and which judge it, trial by trial. Pure: the same sets give the same trials. */
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { sha256Of } from "../backbone/file-identity.ts";

/** A set of photos, embedded: training rows first, then test rows. */
export interface EmbeddedMenu {
  readonly menu: string;
  /** In the order of the training rows. */
  readonly classIds: readonly string[];
  readonly rows: readonly LabelledEmbedding[];
  readonly trainCount: number;
}

/** Row numbers of one set to learn from and to be judged on. */
export interface Trial {
  /** Index into the list of sets. */
  readonly set: number;
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** `shots` photos of every class. */
export interface ShotTrial extends Trial {
  readonly shots: number;
  readonly seed: number;
}

/** `OLD_SHOTS` photos of every class but one, and `examples` of that one; without it where 0. */
export interface NewClassTrial extends Trial {
  readonly newClassId: string;
  readonly examples: number;
  readonly seed: number;
}

export const SHOTS = [2, 5, 10, 20, 40] as const;
export const NEW_CLASS_EXAMPLES = [0, 1, 3, 5, 10] as const;
export const SEEDS = [1, 2, 3, 4, 5] as const;
const OLD_SHOTS = 20;
/** Steps through the classes, so that five seeds meet five classes. */
const CLASS_STEP = 3;

/** Every set, number of shots and seed. All of a set's test photos judge. */
export function planShots(menus: readonly EmbeddedMenu[]): ShotTrial[] {
  return menus.flatMap((menu, set) =>
    SHOTS.flatMap((shots) =>
      SEEDS.map((seed) => {
        return { set, shots, seed, train: takeMenuShots(menu, shots, seed), test: testRows(menu) };
      }),
    ),
  );
}

/** Sets of three classes or more: each seed makes another class the new one. */
export function planNewClasses(menus: readonly EmbeddedMenu[]): NewClassTrial[] {
  return menus.flatMap((menu, set) => {
    if (menu.classIds.length < 3) return [];
    return SEEDS.flatMap((seed) => {
      const newClassId = menu.classIds[(seed * CLASS_STEP) % menu.classIds.length] ?? "";
      const old = menu.classIds.filter((classId) => classId !== newClassId);
      const known = old.flatMap((classId) => takeShots(menu, classId, OLD_SHOTS, seed));
      return NEW_CLASS_EXAMPLES.map((examples) => {
        const test = testRows(menu).filter((row) => examples > 0 || menu.rows[row]?.classId !== newClassId);
        const train = [...known, ...takeShots(menu, newClassId, examples, seed)];
        return { set, newClassId, examples, seed, train, test };
      });
    });
  });
}

/** `shots` photos of every class, by seed; all of them where there are no more. */
export function takeMenuShots(menu: EmbeddedMenu, shots: number, seed: number): number[] {
  return menu.classIds.flatMap((classId) => takeShots(menu, classId, shots, seed));
}

/** Training rows of a class by the order of the hashes of seed and row number: fewer shots are the first of more. */
function takeShots({ rows, trainCount }: EmbeddedMenu, classId: string, shots: number, seed: number): number[] {
  const own = rows.flatMap((row, i) => (i < trainCount && row.classId === classId ? [i] : []));
  const keyed = own.map((row) => ({ row, key: sha256Of(Buffer.from(`${seed}/${row}`)) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return keyed.slice(0, shots).map(({ row }) => row);
}

/** All of a set's test rows. */
export function testRows({ rows, trainCount }: EmbeddedMenu): number[] {
  return Array.from({ length: rows.length - trainCount }, (_, i) => trainCount + i);
}
