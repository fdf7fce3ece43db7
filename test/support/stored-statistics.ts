/** The statistics in D1 beside those that the examples in D1 add up to. */
import { expect } from "vitest";
import { addExamples, createStatistics, type Statistics } from "../../src/head/statistics.ts";
import { NONE_ID } from "../../src/shared/none-label.ts";
import { decodeEmbedding } from "../../src/store/codecs.ts";
import type { Database } from "../../src/store/database.ts";
import { loadStatistics } from "../../src/store/learning/statistics.ts";
import { examples } from "../../src/store/schema.ts";
import { BACKBONE_ID, DIMENSION } from "./embedded-photos.ts";

/** The stored statistics; fails the test when they cannot be read. */
export async function readStored(db: Database): Promise<Statistics> {
  const loaded = await loadStatistics(db, BACKBONE_ID, DIMENSION);
  if (!loaded.ok) throw new Error(loaded.error.detail);
  expect(loaded.value.damage).toBeNull();
  return loaded.value.statistics;
}

/**
 * Expects what is stored to be what all examples give as they are labelled now, those that are not on the menu or set aside left out; nothing
 * may be waiting. Returns how many examples of any kind there are.
 */
export async function expectStoredEqualsRebuild(db: Database): Promise<number> {
  const rows = await db.select().from(examples);
  for (const row of rows) expect(row.absorbedClassId).toBe(row.purpose === "test" ? null : row.classId);
  const labelled = rows
    .filter(({ classId, purpose }) => classId !== NONE_ID && purpose === "learn")
    .map((row) => ({ classId: row.classId ?? "", embedding: decodeEmbedding(row) }));
  const rebuilt = createStatistics(DIMENSION);
  addExamples(rebuilt, labelled);
  expect(statisticsDistance(await readStored(db), rebuilt)).toBeLessThan(1e-5);
  return rows.length;
}

/** Largest absolute difference of any entry; infinite when the counts differ. */
export function statisticsDistance(a: Statistics, b: Statistics): number {
  let largest = Math.abs(a.squaredNorms - b.squaredNorms);
  a.gram.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(value - b.gram[i]));
  });
  for (const classId of new Set([...a.classes.keys(), ...b.classes.keys()])) {
    const [one, other] = [a.classes.get(classId), b.classes.get(classId)];
    if ((one?.count ?? 0) !== (other?.count ?? 0)) return Number.POSITIVE_INFINITY;
    one?.sum.forEach((value, d) => {
      largest = Math.max(largest, Math.abs(value - (other?.sum[d] ?? 0)));
    });
  }
  return largest;
}
