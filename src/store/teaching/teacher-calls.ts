/**
 * Asking the teacher, as the database sees it: one transaction claims samples before a call and spends the day's budget. So two jobs at
 * once never ask about one sample, and a job pays for what it begins, whatever becomes of it. An hour after a job has died another can
 * take its claim.
 */
import { and, eq, isNotNull, lt, notInArray, type SQL, sql } from "drizzle-orm";
import { dayOf } from "../../shared/time.ts";
import type { Database } from "../database.ts";
import { mayTeach } from "../labels/labels.ts";
import { bumpMenu } from "../menu/menu.ts";
import type { PoolCondition } from "../pool/pool-queue.ts";
import { pooledSamples } from "../pool/tables.ts";
import { heads } from "../schema.ts";
import {
  KEPT_TEACHER_DAYS,
  MAX_TEACHER_ATTEMPTS,
  MAX_TEACHER_LABELS,
  TEACHER_LABELS_PER_HEAD,
  TEACHER_RETRY_MS,
  teacherDays,
  teacherLabels,
} from "./tables.ts";

/** A sample of the pool to ask about, and what the live head answers: an item's id, or null where it says unknown. */
export interface TeacherCandidate {
  readonly photo: string;
  readonly headVersion: number;
  readonly headAnswer: string | null;
}

interface Claim {
  /** Only this job's. */
  readonly claim: string;
  /** The teacher's name, as stored with its answers. */
  readonly model: string;
  /** Calls of a UTC day. */
  readonly budget: number;
  /** Unix time in ms. */
  readonly now: number;
}

/** What became of a call. */
export type TeacherOutcome =
  | { readonly photo: string; readonly item: string | null; readonly confidence: number }
  | { readonly photo: string; readonly fault: string };

/**
 * True for samples of the pool that may be asked about: they may teach, a copy is kept, and there is neither an answer nor a call that may
 * still be under way.
 */
export function mayBeAsked(now: number, guestsTeach: boolean): PoolCondition {
  const asked = sql`SELECT 1 FROM teacher_labels WHERE teacher_labels.sample_id = ${pooledSamples.sampleId} AND NOT (${isFree(now)})`;
  const { contributor, preview } = pooledSamples;
  return sql`${mayTeach(contributor, guestsTeach)} AND ${preview} IS NOT NULL AND NOT EXISTS (${asked})`;
}

/** Claims those that the day's budget allows, in the order given, and spends it. Returns their ids; what has left the pool meanwhile is none of them. */
export async function claimSamples(
  db: Database,
  candidates: readonly TeacherCandidate[],
  { claim, model, budget, now }: Claim,
): Promise<string[]> {
  const day = dayOf(now);
  const wanted = sql`json_each(${JSON.stringify(candidates.map(({ photo, headVersion, headAnswer }) => [photo, headVersion, headAnswer]))})`;
  const left = sql`${budget} - coalesce((SELECT calls FROM teacher_days WHERE day = ${day}), 0)`;
  const rows = sql`SELECT sample_id, backbone_id, embedding, scale, contributor, ${model}, value ->> 1, value ->> 2, ${claim}, 1, ${now}, NULL, NULL, NULL, NULL
    FROM ${wanted} JOIN pooled_samples ON sample_id = value ->> 0 WHERE key < ${left} ORDER BY key`;
  const set = {
    model,
    claim,
    askedAt: now,
    fault: null,
    attempts: sql`${teacherLabels.attempts} + 1`,
    headVersion: sql`excluded.head_version`,
    headAnswer: sql`excluded.head_answer`,
  };
  const [claimed] = await db.batch([
    db
      .insert(teacherLabels)
      .select(rows)
      .onConflictDoUpdate({ target: teacherLabels.sampleId, set, setWhere: isFree(now) })
      .returning({ photo: teacherLabels.sampleId }),
    db
      .insert(teacherDays)
      .select(sql`SELECT ${day}, (SELECT count(*) FROM teacher_labels WHERE claim = ${claim}), 0 WHERE true`)
      .onConflictDoUpdate({ target: teacherDays.day, set: { calls: sql`${teacherDays.calls} + excluded.calls` } }),
  ]);
  return claimed.map(({ photo }) => photo);
}

/**
 * Stores the answers under this claim, and asks for a new head if enough have come since the newest. A sample forgotten during the call
 * stays forgotten.
 */
export async function storeOutcomes(
  db: Database,
  claim: string,
  outcomes: readonly TeacherOutcome[],
  now: number,
): Promise<void> {
  const faults = outcomes.filter((outcome) => "fault" in outcome).length;
  const value = (field: string) => sql.raw(`value ->> '${field}'`);
  const isAnswer = sql.raw("value ->> 'fault' IS NULL");
  await db.batch([
    db
      .update(teacherLabels)
      .set({
        fault: value("fault"),
        classId: value("item"),
        confidence: value("confidence"),
        answeredAt: sql`CASE WHEN ${isAnswer} THEN ${now} END`,
      })
      .from(sql`json_each(${JSON.stringify(outcomes)})`)
      .where(and(sql`${teacherLabels.sampleId} = ${value("photo")}`, eq(teacherLabels.claim, claim))),
    db
      .update(teacherDays)
      .set({ faults: sql`${teacherDays.faults} + ${faults}` })
      .where(eq(teacherDays.day, dayOf(now))),
    bumpWhereWorthAHead(db),
  ]);
}

/** Calls of the day of `now`. */
export async function countCalls(db: Database, now: number): Promise<number> {
  const [row] = await db
    .select({ calls: teacherDays.calls })
    .from(teacherDays)
    .where(eq(teacherDays.day, dayOf(now)));
  return row?.calls ?? 0;
}

/** How many of the last `window` answers there are, and in how many of them the head had said the same. */
export async function readAgreement(db: Database, window: number): Promise<{ judged: number; agreed: number }> {
  const [row] = await db.all<{ judged: number; agreed: number }>(
    sql`SELECT count(*) AS judged, coalesce(sum(class_id IS head_answer), 0) AS agreed
      FROM (SELECT class_id, head_answer FROM teacher_labels WHERE answered_at IS NOT NULL ORDER BY answered_at DESC LIMIT ${window})`,
  );
  return row ?? { judged: 0, agreed: 0 };
}

/** Deletes answers beyond the newest, claims without an answer whose sample has left the pool, and days long past. */
export async function cutBackTeacher(db: Database, now: number): Promise<number> {
  const { sampleId, answeredAt } = teacherLabels;
  const newest = sql`(SELECT sample_id FROM teacher_labels WHERE answered_at IS NOT NULL ORDER BY answered_at DESC, sample_id LIMIT ${MAX_TEACHER_LABELS})`;
  const isPooled = sql`EXISTS (SELECT 1 FROM pooled_samples WHERE pooled_samples.sample_id = ${sampleId})`;
  const [old, unanswered] = await db.batch([
    db
      .delete(teacherLabels)
      .where(and(isNotNull(answeredAt), notInArray(sampleId, newest)))
      .returning({ photo: sampleId }),
    db
      .delete(teacherLabels)
      .where(sql`${answeredAt} IS NULL AND ${teacherLabels.askedAt} <= ${now - TEACHER_RETRY_MS} AND NOT ${isPooled}`)
      .returning({ photo: sampleId }),
    db.delete(teacherDays).where(lt(teacherDays.day, dayOf(now) - KEPT_TEACHER_DAYS)),
  ]);
  return old.length + unanswered.length;
}

/** True for a row without an answer whose call is over, one way or the other, and that may have another. */
function isFree(now: number): SQL {
  return sql`answered_at IS NULL AND attempts < ${MAX_TEACHER_ATTEMPTS} AND asked_at <= ${now - TEACHER_RETRY_MS}`;
}

function bumpWhereWorthAHead(db: Database) {
  const newestHead = db.select({ at: heads.createdAt }).from(heads).orderBy(sql`${heads.version} DESC`).limit(1);
  const isNew = and(isNotNull(teacherLabels.classId), sql`${teacherLabels.answeredAt} > coalesce(${newestHead}, 0)`);
  const count = db.select({ n: sql`count(*)` }).from(teacherLabels).where(isNew);
  return bumpMenu(db, true, sql`(${count}) >= ${TEACHER_LABELS_PER_HEAD}`);
}
