/**
 * Labels of samples that only the other backbone has embedded: staff accepted a correction of an answer from before, or after, the backbones
 * changed places. They are kept with that embedding, count for nothing here, and become examples when the sample is embedded again or the other
 * backbone comes back.
 */
import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Database, Statement } from "./database.ts";
import { examples } from "./schema.ts";
import { leftExamples } from "./second-schema.ts";

/** The statements that carry out a decision on such a correction while it waits and `isPossible` holds. A known sample is relabelled. */
export function keepDecidedLeft(
  db: Database,
  { photo, label, target }: { readonly photo: string; readonly label: string; readonly target: string },
  isPossible: SQL,
  actor: string,
  now: number,
): Statement[] {
  const waiting = sql`FROM reviews WHERE sample_id = ${photo} AND class_id = ${label} AND status = 'pending' AND ${isPossible}`;
  const isKnown = and(eq(examples.sampleId, photo), isNotNull(examples.classId));
  return [
    db
      .update(examples)
      .set({ classId: target, labelledAt: now, confirmedAt: null, labelledBy: actor })
      .where(and(isKnown, sql`${examples.classId} <> ${target} AND EXISTS (SELECT 1 ${waiting})`)),
    db
      .insert(leftExamples)
      .select(
        sql`SELECT sample_id, backbone_id, ${target}, embedding, scale, 'guest', contributor, origin, ${now}, ${now}, NULL, ${actor}, place, 'learn'
          ${waiting} AND NOT EXISTS (SELECT 1 FROM examples WHERE ${isKnown}) ORDER BY origin DESC, created_at LIMIT 1`,
      )
      .onConflictDoUpdate({
        target: leftExamples.sampleId,
        set: { classId: sql`excluded.class_id`, labelledAt: now, confirmedAt: null, labelledBy: actor },
      }),
  ];
}

/** The statement that drops what a decision of that moment left behind, where `condition` holds. */
export function dropLeft(db: Database, photo: string, decidedAt: number, condition: SQL): Statement {
  // -- one that was left behind before and only got another label stays
  const isWhatItMade = and(eq(leftExamples.createdAt, decidedAt), eq(leftExamples.labelledAt, decidedAt));
  return db.delete(leftExamples).where(and(eq(leftExamples.sampleId, photo), isWhatItMade, condition));
}
