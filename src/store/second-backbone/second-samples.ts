/** What a head of the second backbone is made of and judged by: the labels that the statistics hold, with the second embeddings. */
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Embedding } from "../../head/embedding.ts";
import type { LabelledEmbedding } from "../../head/statistics.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import { decodeEmbedding } from "../codecs.ts";
import type { Database } from "../database.ts";
import { idsOfTestSet, type TestRow } from "../labels/test-set.ts";
import { idsOfAbsorbed, type SampledExample } from "../learning/sample.ts";
import { examples } from "../schema.ts";
import { secondEmbeddings } from "./second-slot.ts";

const COLUMNS = {
  sampleId: examples.sampleId,
  classId: sql<string>`${examples.absorbedClassId}`,
  embedding: secondEmbeddings.embedding,
  scale: secondEmbeddings.scale,
};

/** The next `limit` examples that the statistics hold and the second backbone has embedded, after `cursor`, by sample id. */
export async function listSecondAfter(
  db: Database,
  backboneId: string,
  cursor: string,
  limit: number,
): Promise<SampledExample[]> {
  return selectSecond(
    db,
    backboneId,
    gt(examples.sampleId, cursor),
    isNotNull(examples.absorbedClassId),
    ne(examples.absorbedClassId, NONE_ID),
  )
    .orderBy(asc(examples.sampleId))
    .limit(limit);
}

/** Those of the examples drawn by `sampleAbsorbed` that the second backbone has embedded. */
export async function sampleSecond(
  db: Database,
  backboneId: string,
  classIds: readonly string[],
  capPerClass: number,
): Promise<SampledExample[]> {
  return selectSecond(db, backboneId, inArray(examples.sampleId, idsOfAbsorbed(classIds, capPerClass))).orderBy(
    asc(examples.absorbedClassId),
    asc(examples.sampleId),
  );
}

/** Up to `limit` samples taken in as "not on the menu", the newest label first. */
export async function sampleSecondStrangers(db: Database, backboneId: string, limit: number): Promise<Embedding[]> {
  const rows = await selectSecond(db, backboneId, sql`${examples.absorbedClassId} = ':none'`) // -- spelt as in the partial index
    .orderBy(desc(examples.labelledAt), asc(examples.sampleId))
    .limit(limit);
  return rows.map(decodeEmbedding);
}

/** An example that is set aside, under both backbones. */
export interface TestPair {
  readonly home: TestRow;
  readonly second: LabelledEmbedding;
}

/** Those of the examples drawn by `sampleTestSet` that the second backbone has embedded. */
export async function sampleSecondTest(
  db: Database,
  backboneId: string,
  classIds: readonly string[],
  capPerClass: number,
): Promise<TestPair[]> {
  const rows = await db
    .select({
      classId: sql<string>`${examples.classId}`,
      unseenSince: examples.unseenSince,
      home: { embedding: examples.embedding, scale: examples.scale },
      // -- under names of their own: the metered handle takes two columns of one name for one
      second: {
        embedding: sql<string>`${secondEmbeddings.embedding}`.as("second_embedding"),
        scale: sql<number>`${secondEmbeddings.scale}`.as("second_scale"),
      },
    })
    .from(examples)
    .innerJoin(secondEmbeddings, isSecond(backboneId))
    .where(and(isNull(examples.absorbedClassId), inArray(examples.sampleId, idsOfTestSet(classIds, capPerClass))))
    .orderBy(asc(examples.classId), asc(examples.sampleId));
  return rows.map(({ classId, unseenSince, home, second }) => ({
    home: { classId, unseenSince, embedding: decodeEmbedding(home) },
    second: { classId, embedding: decodeEmbedding(second) },
  }));
}

function selectSecond(db: Database, backboneId: string, ...which: (SQL | undefined)[]) {
  return db
    .select(COLUMNS)
    .from(examples)
    .innerJoin(secondEmbeddings, isSecond(backboneId))
    .where(and(...which));
}

function isSecond(backboneId: string) {
  return and(eq(secondEmbeddings.sampleId, examples.sampleId), eq(secondEmbeddings.backboneId, backboneId));
}
