/**
 * What is kept, and for how long. Cut back once a night, in one transaction; and the one check that reads every marker: do
 * the statistics count as many examples of each class as are marked as absorbed under it?
 */

import { and, count, eq, inArray, isNotNull, isNull, lt, ne, notExists, notInArray, or, sql } from "drizzle-orm";
import { countsMismatch } from "../shared/english/sums.ts";
import { NONE_ID } from "../shared/none-label.ts";
import { DAY_MS } from "../shared/time.ts";
import type { Database } from "./database.ts";
import { PURGED } from "./heads/publish-head.ts";
import { dropForgotten } from "./labels/forgotten-samples.ts";
import { countAbsorbedStrangers, requestRebuild } from "./learning/rebuild.ts";
import { settleLabels } from "./menu/menu-guard.ts";
import { suggestions } from "./menu/suggestions.ts";
import { UNDO_MS } from "./reviews/review-limits.ts";
import {
  auditLog,
  classes,
  classSums,
  deployment,
  examples,
  heads,
  reviewDecisions,
  reviews,
  statistics,
  trainingRuns,
} from "./schema.ts";

/** Days after which a thing is dropped. */
export const RETENTION_DAYS = {
  /** The guest's picture on a correction that nobody has decided; the correction itself stays. */
  preview: 30,
  /** What a decision can be undone with: the correction's embedding and picture, and what the sample was before. */
  undo: UNDO_MS / DAY_MS,
  /** A decided correction: that somebody sent it, and the decision. */
  decidedReview: 90,
  trainingRun: 90,
  auditEntry: 730,
  /** A guest's wish: by then the menu has it, or never will. */
  suggestion: 180,
  /** The hash of a sample that staff have forgotten. */
  forgottenSample: 730,
} as const;

/** What a night's work dropped, in rows. */
interface CutBack {
  readonly heads: number;
  readonly previews: number;
  /** Decisions that can no longer be undone. */
  readonly decisions: number;
  readonly reviews: number;
  readonly trainingRuns: number;
  readonly auditEntries: number;
  readonly suggestions: number;
  readonly forgottenSamples: number;
  readonly classes: number;
  /** Classes whose count does not agree with their markers; a rebuild has been asked for when there are any. */
  readonly miscounted: readonly string[];
}

/** Drops what is past its time. `keptHeads` is how many of the newest heads keep their weights beside live and pinned ones. */
export async function cutBack(db: Database, keptHeads: number, now: number): Promise<CutBack> {
  const before = (days: number) => now - days * DAY_MS;
  const newest = sql`(SELECT version FROM heads WHERE purged_at IS NULL ORDER BY version DESC LIMIT ${keptHeads})`;
  const live = db.select({ version: deployment.liveHead }).from(deployment).where(isNotNull(deployment.liveHead));
  const second = db.select({ version: deployment.secondHead }).from(deployment).where(isNotNull(deployment.secondHead));
  const [purged, previews, settled, decided, runs, audit, wishes, marks] = await db.batch([
    db
      .update(heads)
      .set({ ...PURGED, purgedAt: now })
      .where(
        and(
          isNull(heads.purgedAt),
          isNull(heads.pinnedAt),
          notInArray(heads.version, newest),
          notInArray(heads.version, live),
          notInArray(heads.version, second),
        ),
      )
      .returning({ version: heads.version }),
    db
      .update(reviews)
      .set({ preview: null })
      .where(and(isNotNull(reviews.preview), lt(reviews.createdAt, before(RETENTION_DAYS.preview))))
      .returning({ photo: reviews.sampleId }),
    db
      .delete(reviewDecisions)
      .where(lt(reviewDecisions.decidedAt, before(RETENTION_DAYS.undo)))
      .returning({ photo: reviewDecisions.sampleId }),
    db
      .delete(reviews)
      .where(lt(reviews.decidedAt, before(RETENTION_DAYS.decidedReview)))
      .returning({ photo: reviews.sampleId }),
    db
      .delete(trainingRuns)
      .where(lt(trainingRuns.startedAt, before(RETENTION_DAYS.trainingRun)))
      .returning({ id: trainingRuns.id }),
    db
      .delete(auditLog)
      .where(lt(auditLog.at, before(RETENTION_DAYS.auditEntry)))
      .returning({ id: auditLog.id }),
    db
      .delete(suggestions)
      .where(lt(suggestions.createdAt, before(RETENTION_DAYS.suggestion)))
      .returning({ id: suggestions.id }),
    dropForgotten(db, before(RETENTION_DAYS.forgottenSample)),
    db
      .update(reviews)
      .set({ embedding: null, scale: null, preview: null })
      .where(and(lt(reviews.decidedAt, before(RETENTION_DAYS.undo)), isNotNull(reviews.embedding))),
  ]);
  return {
    heads: purged.length,
    previews: previews.length,
    decisions: settled.length,
    reviews: decided.length,
    trainingRuns: runs.length,
    auditEntries: audit.length,
    suggestions: wishes.length,
    forgottenSamples: marks.length,
    classes: await dropDeletedClasses(db, now),
    miscounted: await checkCounts(db, now),
  };
}

/** Deleted classes whose last example the statistics have given back. */
async function dropDeletedClasses(db: Database, now: number): Promise<number> {
  const isHeld = db
    .select({ photo: examples.sampleId })
    .from(examples)
    .where(or(eq(examples.classId, classes.id), eq(examples.absorbedClassId, classes.id)));
  // A sum that is not empty contradicts the markers: the rebuild that `checkCounts` asks for comes first.
  const isCounted = db
    .select({ count: classSums.count })
    .from(classSums)
    .where(and(eq(classSums.classId, classes.id), ne(classSums.count, 0)));
  const isGone = and(isNotNull(classes.deletedAt), notExists(isHeld), notExists(isCounted));
  const gone = sql`(SELECT id FROM ${classes} WHERE ${isGone})`;
  const deleted = db.select({ id: classes.id }).from(classes).where(isNotNull(classes.deletedAt));
  const [, , , , , dropped] = await db.batch([
    ...settleLabels(db, now),
    db.delete(reviews).where(inArray(reviews.classId, deleted)),
    db.delete(classSums).where(and(eq(classSums.count, 0), sql`${classSums.classId} IN ${gone}`)),
    db.update(classes).set({ mergedInto: null }).where(sql`${classes.mergedInto} IN ${gone}`),
    db.delete(classes).where(isGone).returning({ id: classes.id }),
  ]);
  return dropped.length;
}

/** Reads one index entry per example, once a night. */
async function checkCounts(db: Database, now: number): Promise<string[]> {
  const marked = db
    .select({ classId: examples.absorbedClassId, count: count().as("marked") })
    .from(examples)
    .where(isNotNull(examples.absorbedClassId))
    .groupBy(examples.absorbedClassId)
    .as("marked_examples");
  const wrong = await db
    .select({ classId: classSums.classId })
    .from(classSums)
    .leftJoin(marked, eq(marked.classId, classSums.classId))
    .where(and(eq(classSums.slot, "current"), ne(classSums.count, sql`coalesce(${marked.count}, 0)`)));
  const strangers = await countAbsorbedStrangers(db);
  const miscounted = await db
    .select({ version: statistics.version })
    .from(statistics)
    .where(ne(statistics.strangers, strangers));
  const ids = [...wrong.map(({ classId }) => classId), ...miscounted.map(() => NONE_ID)];
  if (ids.length > 0) await requestRebuild(db, countsMismatch({ classes: ids.length }), now);
  return ids;
}
