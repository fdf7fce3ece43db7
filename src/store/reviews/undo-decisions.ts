/**
 * Takes decisions on corrections back: the corrections wait again, and the sample is what it was before. An example that the
 * decision made is forgotten like any other, so that the statistics end as if it had never been; one that it relabelled gets its
 * earlier label. Possible for a day, and while nothing else has changed the label since.
 */
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import {
  correctedItemGone,
  decisionTooOld,
  formerItemGone,
  labelChangedSince,
  noDecision,
} from "../../shared/english/labels.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type AuditEntry, noteAudit } from "../audit-log.ts";
import { type Database, jsonList, type Statement } from "../database.ts";
import { isKept } from "../menu/menu-guard.ts";
import { classes, examples, reviewDecisions, reviews } from "../schema.ts";
import { dropLeft } from "../second-backbone/second-embeddings.ts";
import { leftExamples } from "../second-backbone/second-slot.ts";
import { UNDO_MS } from "./review-limits.ts";

/** All corrections of one sample to one label. */
export interface ReviewKey {
  readonly photo: string;
  readonly label: string;
}

/** One result per key, in order: `not_found` where there is no decision, `cannot_undo` where it is too late. */
export async function undoDecisions(
  db: Database,
  keys: readonly ReviewKey[],
  actor: string,
  now: number,
): Promise<Result<void, Problem>[]> {
  const taken = await findDecisions(db, keys);
  const judged = keys.map((key) => {
    const found = taken.get(nameOf(key));
    taken.delete(nameOf(key)); // named twice, it is there once
    const fault = findFault(found, now);
    return fault === null && found !== undefined ? ok(found) : err(fault ?? noDecision());
  });
  const valid = judged.flatMap((one) => (one.ok ? [one.value] : []));
  if (valid.length === 0) return judged.map((one) => (one.ok ? ok(undefined) : one));
  const entry: AuditEntry = { at: now, actor, action: "reviews.undo", detail: { decisions: valid.length } };
  const reopenings = valid.map((taken) => reopen(db, taken));
  const further = valid.flatMap((taken): Statement[] => [...restoreExample(db, taken, now), forgetDecision(db, taken)]);
  const reopened = (await db.batch([noteAudit(db, entry), ...reopenings, ...further])).slice(1, 1 + valid.length);
  const isEmpty = (rows: unknown) => Array.isArray(rows) && rows.length === 0;
  const tooLate = new Set(valid.filter((_, i) => isEmpty(reopened[i])));
  const since = tooLate.size === 0 ? new Map<string, Taken>() : await findDecisions(db, [...tooLate]);
  return judged.map((one) => {
    if (!one.ok) return one;
    if (!tooLate.has(one.value)) return ok(undefined);
    return err(findFault(since.get(nameOf(one.value)), now) ?? labelChangedSince());
  });
}

type Taken = Awaited<ReturnType<typeof readDecisions>>[number];

async function findDecisions(db: Database, keys: readonly ReviewKey[]): Promise<Map<string, Taken>> {
  const rows = await readDecisions(db, keys);
  return new Map(rows.map((row) => [nameOf(row), row]));
}

async function readDecisions(db: Database, keys: readonly ReviewKey[]) {
  const isKept = sql<number>`EXISTS (SELECT 1 FROM reviews WHERE reviews.sample_id = ${reviewDecisions.sampleId}
    AND reviews.decided_with = ${reviewDecisions.classId} AND reviews.embedding IS NOT NULL)`;
  return db
    .select({
      photo: reviewDecisions.sampleId,
      label: reviewDecisions.classId,
      decidedAt: reviewDecisions.decidedAt,
      target: reviewDecisions.target,
      beforeClass: reviewDecisions.beforeClass,
      beforeLabelledAt: reviewDecisions.beforeLabelledAt,
      beforeConfirmedAt: reviewDecisions.beforeConfirmedAt,
      beforeLabelledBy: reviewDecisions.beforeLabelledBy,
      currentClass: sql<string | null>`coalesce(${examples.classId}, ${leftExamples.classId})`.as("current_class"),
      labelledAt: sql<number | null>`coalesce(${examples.labelledAt}, ${leftExamples.labelledAt})`,
      isItemGone: sql<number>`${classes.id} IS NULL OR ${classes.deletedAt} IS NOT NULL OR ${classes.mergedInto} IS NOT NULL`,
      isKept,
      isLabelKept: sql<number>`EXISTS (SELECT 1 FROM classes AS named WHERE named.id = ${reviewDecisions.classId}
        AND named.deleted_at IS NULL AND named.merged_into IS NULL)`,
    })
    .from(reviewDecisions)
    .leftJoin(examples, eq(examples.sampleId, reviewDecisions.sampleId))
    .leftJoin(leftExamples, eq(leftExamples.sampleId, reviewDecisions.sampleId))
    .leftJoin(classes, eq(classes.id, reviewDecisions.beforeClass))
    .where(inArray(reviewDecisions.sampleId, jsonList(keys.map(({ photo }) => photo))));
}

function findFault(taken: Taken | undefined, now: number): Problem | null {
  if (taken === undefined) return noDecision();
  if (taken.decidedAt < now - UNDO_MS || !taken.isKept) return decisionTooOld();
  if (!taken.isLabelKept) return correctedItemGone();
  if (!changedLabel(taken)) return null;
  if (taken.currentClass !== taken.target || taken.labelledAt !== taken.decidedAt) return labelChangedSince();
  return taken.beforeClass !== null && taken.isItemGone ? formerItemGone() : null;
}

function changedLabel({ target, beforeClass }: Taken): boolean {
  return target !== null && target !== beforeClass;
}

/** Looks again at what `findFault` saw, so that two people who act at the same moment cannot both have their way. */
function reopen(db: Database, taken: Taken) {
  const { photo, label, decidedAt, target, beforeClass } = taken;
  const isThere = sql`EXISTS (SELECT 1 FROM review_decisions AS it
    WHERE it.sample_id = ${photo} AND it.class_id = ${label} AND it.decided_at = ${decidedAt})`;
  const isAsDecided = sql`it.sample_id = ${photo} AND it.class_id = ${target} AND it.labelled_at = ${decidedAt}`;
  const isUnchanged = sql`(EXISTS (SELECT 1 FROM examples AS it WHERE ${isAsDecided}) OR EXISTS (SELECT 1 FROM left_examples AS it WHERE ${isAsDecided}))`;
  return db
    .update(reviews)
    .set({ status: "pending", decidedAt: null, decidedWith: null, skippedAt: null })
    .where(
      and(
        wasDecidedWith(taken),
        isNotNull(reviews.embedding),
        isThere,
        isKept(label),
        ...(changedLabel(taken) ? [isUnchanged] : []),
        ...(changedLabel(taken) && beforeClass !== null ? [isKept(beforeClass)] : []),
      ),
    )
    .returning({ photo: reviews.sampleId });
}

/** A sample that was not an example becomes a tombstone, which the next run subtracts and deletes. */
function restoreExample(db: Database, taken: Taken, now: number): Statement[] {
  if (!changedLabel(taken)) return [];
  const { photo, target, decidedAt, beforeClass, beforeLabelledAt, beforeConfirmedAt, beforeLabelledBy } = taken;
  const before =
    beforeClass === null
      ? { classId: null, labelledAt: now, confirmedAt: null, contributor: "", labelledBy: null }
      : {
          classId: beforeClass,
          labelledAt: beforeLabelledAt ?? now,
          confirmedAt: beforeConfirmedAt,
          labelledBy: beforeLabelledBy,
        };
  const isWhatItMade = and(
    eq(examples.sampleId, photo),
    eq(examples.classId, target ?? ""),
    eq(examples.labelledAt, decidedAt),
  );
  return [
    db
      .update(examples)
      .set(before)
      .where(and(isWhatItMade, sql`NOT ${stillDecided(taken)}`)),
    dropLeft(db, photo, decidedAt, sql`NOT ${stillDecided(taken)}`),
  ];
}

function forgetDecision(db: Database, taken: Taken): Statement {
  const { photo, label, decidedAt } = taken;
  return db
    .delete(reviewDecisions)
    .where(
      and(
        eq(reviewDecisions.sampleId, photo),
        eq(reviewDecisions.classId, label),
        eq(reviewDecisions.decidedAt, decidedAt),
        sql`NOT ${stillDecided(taken)}`,
      ),
    );
}

/** True where `reopen` found that it is too late. */
function stillDecided({ photo, label }: Taken) {
  return sql`EXISTS (SELECT 1 FROM reviews AS it WHERE it.sample_id = ${photo} AND it.decided_with = ${label})`;
}

function wasDecidedWith({ photo, label }: Taken) {
  return and(eq(reviews.sampleId, photo), eq(reviews.decidedWith, label));
}

function nameOf({ photo, label }: ReviewKey): string {
  return `${photo}/${label}`;
}
