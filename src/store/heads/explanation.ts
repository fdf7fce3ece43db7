/**
 * What it takes to say which labelled samples an answer stands on, and to draw a map of the menu: the statistics in
 * small parts, and of each class its sum and a bounded number of its samples. Everything is read as of one version of
 * the statistics, or not at all.
 */
import { and, asc, desc, eq, gt, inArray, isNotNull, max, sql } from "drizzle-orm";
import type { Embedding } from "../../head/embedding.ts";
import type { Kernels } from "../../head/kernels/kernels.ts";
import { openScatter, type Scatter, takeOffMeans } from "../../head/metric.ts";
import { type ClassSum, createStatistics } from "../../head/statistics.ts";
import { decodeEmbedding, decodeFloat64, decodeGramInto } from "../codecs.ts";
import { type Database, jsonList } from "../database.ts";
import { exampleColumns, type LabelledExample, toLabelledExample } from "../labels/examples.ts";
import { selectGram } from "../learning/statistics.ts";
import { classSums, examples, heads, reviews, statistics } from "../schema.ts";
import type { StoredMistakes } from "./head-record.ts";

/** An example with what it was learnt as, and what the backbone made of it. */
interface WeighedExample {
  readonly example: LabelledExample;
  /** The class under which the statistics hold it: another one than its label while it waits for a run. */
  readonly absorbedAs: string;
  readonly embedding: Embedding;
}

/** All parts belong to `statisticsVersion`; the head may have been made of an older one. */
export interface ExplanationRows {
  /** 0 before anything was absorbed. */
  readonly statisticsVersion: number;
  /** Of the head asked about; undefined if there is none of that version. */
  readonly head: { readonly statisticsVersion: number; readonly rho: number; readonly temperature: number } | undefined;
  readonly sums: ReadonlyMap<string, ClassSum>;
  readonly examples: readonly WeighedExample[];
}

/**
 * One snapshot: the head, both sums, and up to `capPerClass` samples that are absorbed as either class and still labelled, those
 * with the smallest ids: SHA-256 makes that a random choice, and the same one every time.
 */
export async function readExplanationRows(
  db: Database,
  headVersion: number,
  classIds: readonly [string, string],
  capPerClass: number,
): Promise<ExplanationRows> {
  const sample = (classId: string) =>
    db
      .select({ ...exampleColumns, ...embeddingColumns })
      .from(examples)
      .where(and(eq(examples.absorbedClassId, classId), isNotNull(examples.classId)))
      .orderBy(asc(examples.sampleId))
      .limit(capPerClass);
  const { statisticsVersion, rho, temperature } = heads;
  const [versions, head, sums, ...samples] = await db.batch([
    selectVersion(db),
    db.select({ statisticsVersion, rho, temperature }).from(heads).where(eq(heads.version, headVersion)),
    db
      .select({ classId: classSums.classId, count: classSums.count, sum: classSums.sum })
      .from(classSums)
      .where(and(eq(classSums.slot, "current"), inArray(classSums.classId, classIds))),
    sample(classIds[0]),
    sample(classIds[1]),
  ]);
  return {
    statisticsVersion: versions[0]?.version ?? 0,
    head: head[0],
    sums: new Map(sums.map(({ classId, count, sum }) => [classId, { count, sum: decodeFloat64(sum) }])),
    examples: samples.flat().map(({ embedding, scale, ...row }) => ({
      example: toLabelledExample(row),
      absorbedAs: row.absorbedAs ?? "",
      embedding: decodeEmbedding({ embedding, scale }),
    })),
  };
}

const embeddingColumns = { embedding: examples.embedding, scale: examples.scale };

/** The version of the statistics, for a snapshot; null before anything was absorbed. */
function selectVersion(db: Database) {
  return db.select({ version: max(statistics.version) }).from(statistics);
}

/** What one page of sums weighs as text: a hundred classes of 1,280 numbers. */
const PAGE_BYTES = 1_400_000;
const TEXT_BYTES_PER_NUMBER = (8 * 4) / 3;

/**
 * The scatter of the statistics with that version, the sums page by page. Null where a run has written meanwhile, or they cannot be
 * read.
 */
export async function readScatter(
  db: Database,
  version: number,
  dimension: number,
  kernels: Kernels,
): Promise<Scatter | null> {
  const { gram } = createStatistics(dimension);
  const parts = await selectGram(db, "current");
  const texts = parts.map(({ data }) => data);
  if (!decodeGramInto(texts, gram).ok) return null;
  const scatter = openScatter(dimension, gram);
  for await (const sums of readSums(db, Math.max(1, Math.floor(PAGE_BYTES / (dimension * TEXT_BYTES_PER_NUMBER))))) {
    if (sums.some(({ sum }) => sum.length !== dimension)) return null;
    takeOffMeans(scatter, sums, kernels);
  }
  const [now] = await selectVersion(db);
  return now?.version === version ? scatter : null;
}

async function* readSums(db: Database, pageRows: number): AsyncGenerator<readonly ClassSum[]> {
  for (let after = ""; ; ) {
    const page = await db
      .select({ classId: classSums.classId, count: classSums.count, sum: classSums.sum })
      .from(classSums)
      .where(and(eq(classSums.slot, "current"), gt(classSums.classId, after)))
      .orderBy(asc(classSums.classId))
      .limit(pageRows);
    yield page.map(({ count, sum }) => ({ count, sum: decodeFloat64(sum) }));
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return;
    after = last.classId;
  }
}

/** The embedding of a sample that is an example, or that a correction which waits is about; null where it is neither. */
export async function findEmbedding(db: Database, sampleId: string): Promise<Embedding | null> {
  const [labelled, waiting] = await db.batch([
    db
      .select(embeddingColumns)
      .from(examples)
      .where(and(eq(examples.sampleId, sampleId), isNotNull(examples.classId))),
    db
      .select({ embedding: sql<string>`${reviews.embedding}`, scale: sql<number>`${reviews.scale}` })
      .from(reviews)
      .where(and(eq(reviews.sampleId, sampleId), isNotNull(reviews.embedding)))
      .limit(1),
  ]);
  const found = labelled[0] ?? waiting[0];
  return found === undefined ? null : decodeEmbedding(found);
}

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
