/**
 * What it takes to say which labelled samples an answer stands on: the statistics in small parts, and of two classes the sums
 * and a bounded number of the samples. Everything is read as of one version of the statistics, or not at all.
 */
import { and, asc, eq, gt, inArray, isNotNull, max, sql } from "drizzle-orm";
import type { Embedding } from "../head/embedding.ts";
import type { Kernels } from "../head/kernels/kernels.ts";
import { openScatter, type Scatter, takeOffMeans } from "../head/metric.ts";
import { type ClassSum, createStatistics } from "../head/statistics.ts";
import { decodeEmbedding, decodeFloat64, decodeGramInto } from "./codecs.ts";
import type { Database } from "./database.ts";
import { exampleColumns, type LabelledExample, toLabelledExample } from "./examples.ts";
import { classSums, examples, heads, reviews, statistics } from "./schema.ts";
import { selectGram } from "./statistics.ts";

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
export function selectVersion(db: Database) {
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
