/** What it takes to draw a map of the menu: of each item its sum and a bounded number of its examples, all as of one version of the statistics. */
import { and, desc, eq, gt, inArray, isNotNull, sql } from "drizzle-orm";
import type { Embedding } from "../head/embedding.ts";
import type { ClassSum } from "../head/statistics.ts";
import { decodeEmbedding, decodeFloat64 } from "./codecs.ts";
import { type Database, jsonList } from "./database.ts";
import { exampleColumns } from "./examples.ts";
import { selectVersion } from "./explanation.ts";
import type { StoredMistakes } from "./head-record.ts";
import { classSums, examples, heads } from "./schema.ts";

/** An example to draw, under the item that the statistics hold it as. */
interface MapExample {
  readonly photo: string;
  readonly label: string;
  readonly embedding: Embedding;
  /** As of an example in a list. */
  readonly looks: string | null;
}

/** The head asked about. */
interface MapHead {
  readonly backboneId: string;
  readonly statisticsVersion: number;
  readonly rho: number;
  readonly classIds: readonly string[];
  readonly mistakes: StoredMistakes | null;
  /** Ids of the samples whose labels it doubts. */
  readonly doubted: readonly string[];
}

/** How many items and examples a map has at most. */
export interface MapSize {
  readonly items: number;
  readonly examples: number;
}

interface MapRows {
  /** 0 before anything was absorbed. */
  readonly statisticsVersion: number;
  /** Those with most examples, in the order of the head. */
  readonly sums: ReadonlyMap<string, ClassSum>;
  /** Items of the head with examples, drawn or not. */
  readonly itemCount: number;
  readonly examples: readonly MapExample[];
}

/** Reads one row, without its weights; null where there is no such head. */
export async function readMapHead(db: Database, version: number): Promise<MapHead | null> {
  const { backboneId, statisticsVersion, rho, classIds, mistakes, details } = heads;
  const [head] = await db
    .select({ backboneId, statisticsVersion, rho, classIds, mistakes, details })
    .from(heads)
    .where(eq(heads.version, version));
  if (head === undefined) return null;
  return { ...head, doubted: (head.details?.suspects ?? []).map(({ photo }) => photo) };
}

/** One snapshot in two calls: the items first, since their number says how many examples of each there is room for. */
export async function readMapRows(db: Database, classIds: readonly string[], size: MapSize): Promise<MapRows> {
  const isServed = and(
    eq(classSums.slot, "current"),
    gt(classSums.count, 0),
    inArray(classSums.classId, jsonList(classIds)),
  );
  const { classId, count, sum } = classSums;
  const [versions, [counted], largest] = await db.batch([
    selectVersion(db),
    db.select({ items: sql<number>`count(*)` }).from(classSums).where(isServed),
    db.select({ classId, count, sum }).from(classSums).where(isServed).orderBy(desc(count), classId).limit(size.items),
  ]);
  const place = new Map(classIds.map((id, at) => [id, at]));
  const drawn = largest.toSorted((a, b) => (place.get(a.classId) ?? 0) - (place.get(b.classId) ?? 0));
  const perItem = Math.max(1, Math.floor(size.examples / Math.max(1, drawn.length)));
  return {
    statisticsVersion: versions[0]?.version ?? 0,
    sums: new Map(drawn.map((one) => [one.classId, { count: one.count, sum: decodeFloat64(one.sum) }])),
    itemCount: counted?.items ?? 0,
    examples: await sampleLabelled(
      db,
      drawn.map((one) => one.classId),
      perItem,
    ),
  };
}

/** Up to `perItem` of each item, those with the smallest ids, like the sample of a fit; without those that wait to be forgotten. */
async function sampleLabelled(db: Database, classIds: readonly string[], perItem: number): Promise<MapExample[]> {
  const rows = await db
    .select({
      photo: examples.sampleId,
      label: sql<string>`${examples.absorbedClassId}`,
      embedding: examples.embedding,
      scale: examples.scale,
      looks: exampleColumns.looks,
    })
    .from(examples)
    .where(
      and(
        isNotNull(examples.classId),
        inArray(
          examples.sampleId,
          sql`(SELECT sampled.sample_id FROM json_each(${JSON.stringify(classIds)}) AS wanted
             JOIN examples AS sampled ON sampled.sample_id IN (
               SELECT sample_id FROM examples WHERE absorbed_class_id = wanted.value ORDER BY sample_id LIMIT ${perItem}))`,
        ),
      ),
    );
  return rows.map(({ photo, label, looks, ...row }) => ({ photo, label, looks, embedding: decodeEmbedding(row) }));
}
