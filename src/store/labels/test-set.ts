/**
 * The test set: examples that are set aside to judge heads by and are never learnt from. One that has been learnt from is
 * subtracted by the next run, exactly; until then no head is judged on it, and afterwards none that has seen it.
 */
import { and, asc, count, eq, inArray, isNotNull, isNull, max, ne, type SQL, sql } from "drizzle-orm";
import type { LabelledEmbedding } from "../../head/statistics.ts";
import type { TestCandidate } from "../../head/test-set.ts";
import type { Purpose } from "../../shared/closed-lists.ts";
import { noSuchExample } from "../../shared/english/labels.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type AuditEntry, noteAuditOfChange, noteAuditWhere } from "../audit-log.ts";
import { decodeEmbedding } from "../codecs.ts";
import { type Database, jsonList } from "../database.ts";
import { examples } from "../schema.ts";

/** An example that a head may be judged on. */
export interface TestRow extends LabelledEmbedding {
  /** Heads made of statistics before this version have learnt from it. */
  readonly unseenSince: number;
}

/** Spelt as in the partial index `examples_test`. */
const IS_TEST = sql`${examples.purpose} = 'test'`;

/** Examples set aside, per class, "not on the menu" among them. Reads an index entry for each. */
export async function countTestExamples(db: Database): Promise<Map<string, number>> {
  const rows = await db
    .select({ classId: sql<string>`${examples.classId}`, count: count() })
    .from(examples)
    .where(and(IS_TEST, isNotNull(examples.classId)))
    .groupBy(examples.classId);
  return new Map(rows.map((row) => [row.classId, row.count]));
}

/**
 * Up to `capPerClass` examples of each class that are set aside and in no statistics, those with the smallest ids: the same ones each
 * time. Reads about capPerClass rows per class, whatever the test set's size is.
 */
export async function sampleTestSet(
  db: Database,
  classIds: readonly string[],
  capPerClass: number,
): Promise<TestRow[]> {
  const rows = await db
    .select({
      classId: sql<string>`${examples.classId}`,
      embedding: examples.embedding,
      scale: examples.scale,
      unseenSince: examples.unseenSince,
    })
    .from(examples)
    .where(and(isNull(examples.absorbedClassId), inArray(examples.sampleId, idsOfTestSet(classIds, capPerClass))))
    .orderBy(asc(examples.classId), asc(examples.sampleId));
  return rows.map(({ classId, unseenSince, ...row }) => ({ classId, unseenSince, embedding: decodeEmbedding(row) }));
}

/** The ids of the examples that `sampleTestSet` draws, those that a run has still to give back among them, as a subquery. */
export function idsOfTestSet(classIds: readonly string[], capPerClass: number): SQL {
  return sql`(SELECT sampled.sample_id FROM json_each(${JSON.stringify(classIds)}) AS wanted
             JOIN examples AS sampled ON sampled.sample_id IN (
               SELECT sample_id FROM examples WHERE purpose = 'test' AND class_id = wanted.value ORDER BY sample_id LIMIT ${capPerClass}))`;
}

/** The version of the statistics that last gave back an example which was set aside, 0 where none has been. Reads one index entry. */
export async function readNewestSetAside(db: Database): Promise<number> {
  const [row] = await db
    .select({ version: max(examples.unseenSince) })
    .from(examples)
    .where(sql`${examples.unseenSince} > 0`);
  return row?.version ?? 0;
}

/**
 * Up to `limit` examples of a class that are learnt from, in an order that has nothing to do with the one in which samples for
 * leave-one-out are drawn: by the second half of the id, which is a hash. Reads every example of the class.
 */
export async function listTestCandidates(db: Database, classId: string, limit: number): Promise<TestCandidate[]> {
  const rows = await db
    .select({ sampleId: examples.sampleId, embedding: examples.embedding, scale: examples.scale })
    .from(examples)
    .where(and(eq(examples.classId, classId), eq(examples.purpose, "learn")))
    .orderBy(sql`substr(${examples.sampleId}, 33)`, asc(examples.sampleId))
    .limit(limit);
  return rows.map(({ sampleId, ...row }) => ({ sampleId, embedding: decodeEmbedding(row) }));
}

/** Says what one example is for. Error: `not_found`. */
export async function changePurpose(
  db: Database,
  photo: string,
  purpose: Purpose,
  actor: string,
  now: number,
): Promise<Result<void, Problem>> {
  const [changed] = await db.batch([
    db
      .update(examples)
      .set({ purpose })
      .where(and(eq(examples.sampleId, photo), isNotNull(examples.classId), ne(examples.purpose, purpose)))
      .returning({ photo: examples.sampleId }),
    noteAuditOfChange(db, { at: now, actor, action: "example.purpose", detail: { purpose } }),
  ]);
  if (changed.length > 0) return ok(undefined);
  return (await db.$count(examples, and(eq(examples.sampleId, photo), isNotNull(examples.classId)))) > 0
    ? ok(undefined)
    : err(noSuchExample());
}

/** Sets these samples aside, those of them that are still learnt from; returns how many. One transaction. */
export async function setAside(db: Database, photos: readonly string[], actor: string, now: number): Promise<number> {
  const isChosen = and(
    inArray(examples.sampleId, jsonList(photos)),
    isNotNull(examples.classId),
    eq(examples.purpose, "learn"),
  );
  return changeAll(db, isChosen, "test", { at: now, actor, action: "testSet.change", detail: { purpose: "test" } });
}

/** Gives examples that are set aside back to learning, of one class or of all of them; returns how many. One transaction. */
export async function giveBack(db: Database, classId: string | null, actor: string, now: number): Promise<number> {
  const isWanted = and(IS_TEST, classId === null ? isNotNull(examples.classId) : eq(examples.classId, classId));
  const detail = { purpose: "learn", ...(classId === null ? {} : { class: classId }) };
  return changeAll(db, isWanted, "learn", { at: now, actor, action: "testSet.change", detail });
}

async function changeAll(db: Database, which: SQL | undefined, purpose: Purpose, entry: AuditEntry): Promise<number> {
  const photos = sql`(SELECT count(*) FROM ${examples} WHERE ${which})`;
  const isAny = sql`EXISTS (SELECT 1 FROM ${examples} WHERE ${which})`;
  const [, changed] = await db.batch([
    noteAuditWhere(db, entry, isAny, { photos }),
    db.update(examples).set({ purpose }).where(which).returning({ photo: examples.sampleId }),
  ]);
  return changed.length;
}
