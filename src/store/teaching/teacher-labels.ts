/**
 * What the teacher said: apart from people's labels, so that it is in no count, no evaluation and no export, and can be forgotten at once.
 * A person's label on the same sample overrules it. Heads that have seen what is forgotten go with the next run, as with people's labels.
 */
import { and, desc, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { LabelledEmbedding } from "../../head/statistics.ts";
import { noteAuditWhere } from "../audit-log.ts";
import { decodeEmbedding } from "../codecs.ts";
import type { Database, Statement } from "../database.ts";
import { mayTeach } from "../labels/labels.ts";
import { bumpMenu } from "../menu/menu.ts";
import { pooledSamples } from "../pool/tables.ts";
import { classes, statistics } from "../schema.ts";
import { MAX_TEACHER_LABELS, MIN_TEACHER_CONFIDENCE, teacherDays, teacherLabels } from "./tables.ts";

/** An answer as staff see it. Times are Unix ms. */
export interface TeacherLabel {
  readonly photo: string;
  readonly model: string;
  /** Id of an item, and its name; null where the teacher said that none of them fits. */
  readonly item: string | null;
  readonly name: string | null;
  readonly confidence: number;
  /** What the head had answered; null for unknown. */
  readonly headAnswer: string | null;
  /** The label that a person has given the sample since; null without one. */
  readonly personLabel: string | null;
  /** The copy in the pool, while there is one. */
  readonly preview: string | null;
  readonly answeredAt: number;
}

/** Where a page begins: behind this answer. */
export interface TeacherLabelCursor {
  readonly answeredAt: number;
  readonly photo: string;
}

/** What the teacher's answers come to. */
export interface TeacherFigures {
  /** Answers that are kept, and those of them that none of the items fits. */
  readonly answers: number;
  readonly none: number;
  /** Those on samples that a person has labelled too, and how many of these otherwise. */
  readonly judged: number;
  readonly overruled: number;
}

/** A day on which it was asked; `day` as in `dayOf`. */
export interface TeacherDay {
  readonly day: number;
  readonly calls: number;
  readonly faults: number;
}

/** A person has labelled the sample. */
const personLabel = sql<
  string | null
>`(SELECT class_id FROM examples WHERE examples.sample_id = ${teacherLabels.sampleId})`;

/** A label of the teacher that counts, and who sent the sample. */
export interface TaughtLabel extends LabelledEmbedding {
  readonly contributor: string;
}

/** Answers that count, of samples of this backbone that may teach and no person has labelled, in the order of their ids. Reads every answer. */
export async function loadTeacherLabels(
  db: Database,
  backboneId: string,
  classIds: readonly string[],
  guestsTeach: boolean,
): Promise<TaughtLabel[]> {
  const { classId, embedding, scale, contributor, sampleId, confidence } = teacherLabels;
  const rows = await db
    .select({ classId: sql<string>`${classId}`, embedding, scale, contributor })
    .from(teacherLabels)
    .where(
      and(
        isNotNull(classId),
        eq(teacherLabels.backboneId, backboneId),
        sql`${confidence} >= ${MIN_TEACHER_CONFIDENCE}`,
        sql`${personLabel} IS NULL`,
        mayTeach(contributor, guestsTeach),
      ),
    )
    .orderBy(sampleId)
    .limit(MAX_TEACHER_LABELS);
  const served = new Set(classIds);
  return rows
    .filter((row) => served.has(row.classId))
    .map((row) => ({ classId: row.classId, embedding: decodeEmbedding(row), contributor: row.contributor }));
}

/** Newest first, from the answer behind `after`. */
export async function listTeacherLabels(
  db: Database,
  limit: number,
  after: TeacherLabelCursor | null = null,
): Promise<TeacherLabel[]> {
  const { sampleId, model, classId, confidence, headAnswer, answeredAt } = teacherLabels;
  const isBehind =
    after === null
      ? undefined
      : or(
          sql`${answeredAt} < ${after.answeredAt}`,
          sql`${answeredAt} = ${after.answeredAt} AND ${sampleId} > ${after.photo}`,
        );
  return db
    .select({
      photo: sampleId,
      model,
      item: classId,
      name: classes.name,
      headAnswer,
      personLabel,
      preview: pooledSamples.preview,
      confidence: sql<number>`${confidence}`,
      answeredAt: sql<number>`${answeredAt}`,
    })
    .from(teacherLabels)
    .leftJoin(classes, eq(classes.id, classId))
    .leftJoin(pooledSamples, eq(pooledSamples.sampleId, sampleId))
    .where(and(isNotNull(answeredAt), isBehind))
    .orderBy(desc(answeredAt), sampleId)
    .limit(limit);
}

/** Counts answers, and how staff and guests whom they believed have labelled the same samples. Reads every answer. */
export async function countTeacherLabels(db: Database): Promise<TeacherFigures> {
  const [row] = await db.all<TeacherFigures>(sql`
    SELECT count(*) AS answers, coalesce(sum(said IS NULL), 0) AS none,
      coalesce(sum(person IS NOT NULL), 0) AS judged,
      coalesce(sum(person IS NOT NULL AND person IS NOT coalesce(said, ':none')), 0) AS overruled
    FROM (SELECT class_id AS said, (SELECT class_id FROM examples
        WHERE examples.sample_id = teacher_labels.sample_id AND examples.source <> 'auto') AS person
      FROM teacher_labels WHERE answered_at IS NOT NULL)`);
  return row ?? { answers: 0, none: 0, judged: 0, overruled: 0 };
}

/** The last `limit` days with a call, newest first. */
export async function listTeacherDays(db: Database, limit: number): Promise<TeacherDay[]> {
  return db.select().from(teacherDays).orderBy(desc(teacherDays.day)).limit(limit);
}

/** Forgets all that the teacher said, and lets the next run make a head without it. Days and calls stay: they were paid for. Returns how many answers went. */
export async function forgetTeacher(db: Database, actor: string, now: number): Promise<number> {
  const answers = sql`(SELECT count(*) FROM teacher_labels WHERE answered_at IS NOT NULL)`;
  const [[noted]] = await db.batch([
    noteAuditWhere(db, { at: now, actor, action: "teacher.forget", detail: {} }, sql`true`, { answers }),
    ...forgetTaught(db, sql`true`),
    bumpMenu(db, true),
  ]);
  return noted === undefined ? 0 : JSON.parse(noted.detail).answers;
}

/**
 * The statements that forget these rows. The statistics get a new version although they do not hold them: by it a run knows which heads
 * have seen something that is forgotten, and one that is under way finds that it was overtaken.
 */
export function forgetTaught(db: Database, which: SQL): [Statement, Statement] {
  const hasAny = sql`EXISTS (SELECT 1 FROM ${teacherLabels} WHERE ${teacherLabels.classId} IS NOT NULL AND ${which})`;
  const next = sql`${statistics.version} + 1`;
  return [
    db.update(statistics).set({ version: next, forgetVersion: next }).where(hasAny),
    db.delete(teacherLabels).where(which),
  ];
}
