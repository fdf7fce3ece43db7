/**
 * The second backbone's slot: which one it is, how far it has come, beginning and ending it. Which slot answers is not a setting: a Worker
 * takes the one of the backbone that it was deployed with (`liveHeadOf` in heads.ts).
 */

import { eq, isNull, sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import {
  answersByIt,
  changeNeedsLabels,
  changeUnderWay,
  noSecondBackbone,
  sameBackbone,
} from "../../shared/english/versions.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { noteAudit, noteAuditOfChange } from "../audit-log.ts";
import type { Database } from "../database.ts";
import { deployment, examples, heads, trainingRuns } from "../schema.ts";

/** At most one row: which backbone is being prepared, or was in use before, beside the one whose embeddings the examples hold. */
export const secondSlot = sqliteTable("second_slot", {
  id: integer("id").primaryKey().notNull(),
  backboneId: text("backbone_id").notNull(),
  name: text("name").notNull(),
  dimension: integer("dimension").notNull(),
  homeName: text("home_name").notNull(),
  homeDimension: integer("home_dimension").notNull(),
  trainedWith: integer("trained_with").notNull().default(0),
  beganAt: integer("began_at").notNull(),
  readyAt: integer("ready_at"),
  movedAt: integer("moved_at"),
});

/** What the second backbone makes of examples. */
export const secondEmbeddings = sqliteTable(
  "second_embeddings",
  {
    sampleId: text("sample_id").notNull(),
    backboneId: text("backbone_id").notNull(),
    embedding: text("embedding").notNull(),
    scale: real("scale").notNull(),
  },
  (table) => [primaryKey({ columns: [table.sampleId, table.backboneId] })],
);

/** Labelled samples of which only another backbone than the one in use has an embedding. */
export const leftExamples = sqliteTable(
  "left_examples",
  {
    sampleId: text("sample_id").primaryKey().notNull(),
    backboneId: text("backbone_id").notNull(),
    classId: text("class_id").notNull(),
    embedding: text("embedding").notNull(),
    scale: real("scale").notNull(),
    source: text("source").notNull(),
    contributor: text("contributor").notNull(),
    origin: text("origin").notNull(),
    createdAt: integer("created_at").notNull(),
    labelledAt: integer("labelled_at").notNull(),
    confirmedAt: integer("confirmed_at"),
    labelledBy: text("labelled_by"),
    place: text("place"),
    purpose: text("purpose").notNull(),
  },
  (table) => [index("left_examples_class").on(table.classId), index("left_examples_contributor").on(table.contributor)],
);

/** A backbone as a person and an embedding know it. */
export interface NamedBackbone {
  /** SHA-256 of its file, hex. */
  readonly backboneId: string;
  readonly name: string;
  readonly dimension: number;
}

/** The second backbone, and what is known of the one in use. */
export interface SecondSlot extends NamedBackbone {
  readonly homeName: string;
  readonly homeDimension: number;
  /** Embeddings that there were when its head was made; 0 before the first. */
  readonly trainedWith: number;
  /** Unix time in ms, like the two below. */
  readonly beganAt: number;
  /** When all examples had an embedding or were left behind by name: from then on a head is made of it. Null before. */
  readonly readyAt: number | null;
  /** When the two backbones last changed places. */
  readonly movedAt: number | null;
}

/** Null where there is one backbone alone. Reads at most one row. */
export async function readSecondSlot(db: Database): Promise<SecondSlot | null> {
  const [row] = await db.select().from(secondSlot);
  if (row === undefined) return null;
  const { id: _, ...slot } = row;
  return slot;
}

/** The backbone whose embeddings the examples hold, null while there are none. Reads at most one row. */
export async function readHomeBackbone(db: Database): Promise<string | null> {
  const [row] = await db.select({ backboneId: examples.backboneId }).from(examples).limit(1);
  return row?.backboneId ?? null;
}

/**
 * Begins a change to `next`, or continues with it. `home` is what this Worker runs. Errors: `backbone_mismatch` where it runs another
 * backbone than the examples', where nothing is labelled, where the two are one, or where another change is under way.
 */
export async function beginSecond(
  db: Database,
  home: NamedBackbone,
  next: NamedBackbone,
  actor: string,
  now: number,
): Promise<Result<void, Problem>> {
  const [stored, known] = [await readHomeBackbone(db), await readSecondSlot(db)];
  if (known?.backboneId === next.backboneId) return ok(undefined);
  if (stored === null) return err(changeNeedsLabels());
  if (known !== null || stored !== home.backboneId)
    return err(changeUnderWay({ name: known?.name ?? stored.slice(0, 12) }));
  if (next.backboneId === stored) return err(sameBackbone({ name: next.name }));
  const row = { id: 1, ...next, homeName: home.name, homeDimension: home.dimension, beganAt: now };
  await db.batch([
    db.insert(secondSlot).values(row).onConflictDoNothing(),
    noteAuditOfChange(db, { at: now, actor, action: "backbone.begin", detail: { name: next.name } }),
    db
      .update(deployment)
      .set({ secondBackbone: sql`(SELECT backbone_id FROM second_slot)`, secondHead: null })
      .where(isNull(deployment.secondBackbone)),
  ]);
  return ok(undefined);
}

/** The statements that make a head of the second backbone the one that it answers by, made with so many embeddings. */
export function pointAtSecond(db: Database, backboneId: string, version: number, embedded: number) {
  return [
    db.update(deployment).set({ secondHead: version }).where(eq(deployment.secondBackbone, backboneId)),
    db.update(secondSlot).set({ trainedWith: embedded }).where(eq(secondSlot.backboneId, backboneId)),
  ];
}

/** Notes that the second backbone has all the embeddings that it will get for now. Error: `not_found` without one. */
export async function markReady(db: Database, now: number): Promise<Result<void, Problem>> {
  const [changed] = await db
    .update(secondSlot)
    .set({ readyAt: sql`coalesce(${secondSlot.readyAt}, ${now})` })
    .returning({ id: secondSlot.id });
  return changed === undefined ? err(noSecondBackbone()) : ok(undefined);
}

/**
 * Ends the change: of two backbones the one in use stays, and what only the other one knew is gone, heads and labels left behind among
 * it. Error: `not_found` where there is none, `backbone_mismatch` where this Worker answers by it.
 */
export async function endSecond(
  db: Database,
  running: string,
  actor: string,
  now: number,
): Promise<Result<void, Problem>> {
  const slot = await readSecondSlot(db);
  if (slot === null) return err(noSecondBackbone());
  const { backboneId, name } = slot;
  if (backboneId === running) return err(answersByIt({ name }));
  const isEnded = sql`NOT EXISTS (SELECT 1 FROM second_slot)`;
  await db.batch([
    db.delete(secondSlot).where(eq(secondSlot.backboneId, backboneId)),
    db.update(deployment).set({ secondBackbone: null, secondHead: null }).where(isEnded),
    db.delete(secondEmbeddings).where(isEnded),
    db.delete(leftExamples).where(isEnded),
    // -- runs keep that they were, but not the number of a version that is gone
    db
      .update(trainingRuns)
      .set({ headVersion: null })
      .where(
        sql`${isEnded} AND ${trainingRuns.headVersion} IN (SELECT version FROM heads WHERE backbone_id = ${backboneId})`,
      ),
    db.delete(heads).where(sql`${isEnded} AND ${heads.backboneId} = ${backboneId}`),
    noteAudit(db, { at: now, actor, action: "backbone.end", detail: { name } }),
  ]);
  return ok(undefined);
}
