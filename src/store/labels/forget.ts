/**
 * Forgetting. An example becomes a tombstone at once: it has no label, is in no list and no sample. The next training run
 * subtracts it from the statistics and deletes the row; heads that have seen it go with that run. The audit log keeps that
 * it happened, not to what. What a sample looked like goes in the same statement, by a trigger of `migrations/0022_pictures.sql`.
 */
import { and, eq, inArray, isNotNull, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { noSuchExample } from "../../shared/english/labels.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { repeatableAnswers } from "../access/repeatable-answers.ts";
import { type AuditEntry, noteAuditWhere } from "../audit-log.ts";
import { type Database, jsonList, type Statement } from "../database.ts";
import { classDescriptions } from "../menu/descriptions.ts";
import { indexNames } from "../menu/item-keys.ts";
import { bumpMenu, findClass, missItem } from "../menu/menu.ts";
import { suggestions } from "../menu/suggestions.ts";
import { pooledSamples } from "../pool/tables.ts";
import { classes, examples, reviewDecisions, reviews, statistics } from "../schema.ts";
import { leftExamples } from "../second-backbone/second-slot.ts";
import { teacherLabels } from "../teaching/tables.ts";
import { forgetTaught } from "../teaching/teacher-labels.ts";
import { forgetNoted } from "../webhook/note-event.ts";
import { rememberForgotten } from "./forgotten-samples.ts";
import { isOfGuest } from "./labels.ts";

/** In place of a deleted item's id; no item can have it. */
const NO_ITEM = "";

/** How much a deletion took. */
interface Forgotten {
  readonly examples: number;
  readonly reviews: number;
}

/** Forgets samples, the corrections that wait on them, and what the pool has of them. Error: `not_found` when none of them is stored. */
export async function forgetSamples(
  db: Database,
  photos: readonly string[],
  actor: string,
  now: number,
): Promise<Result<Forgotten, Problem>> {
  const isPooled = inArray(pooledSamples.sampleId, jsonList(photos));
  const wanted = {
    examples: inArray(examples.sampleId, jsonList(photos)),
    reviews: inArray(reviews.sampleId, jsonList(photos)),
    left: inArray(leftExamples.sampleId, jsonList(photos)),
    pooled: isPooled,
    taught: inArray(teacherLabels.sampleId, jsonList(photos)),
    isDecision: true,
  };
  const audit: AuditEntry = { at: now, actor, action: "photos.forget", detail: { photos: photos.length } };
  const forgotten = await forgetWhere(db, wanted, audit);
  return forgotten === null ? err(noSuchExample()) : ok(forgotten);
}

/** Forgets all that one contributor has sent, reviewed or not; nothing sent is no error. */
export async function forgetContributor(
  db: Database,
  contributor: string,
  actor: string,
  now: number,
): Promise<Forgotten> {
  const forgotten = await forgetWhere(
    db,
    {
      examples: eq(examples.contributor, contributor),
      reviews: eq(reviews.contributor, contributor),
      left: eq(leftExamples.contributor, contributor),
      pooled: eq(pooledSamples.contributor, contributor),
      taught: eq(teacherLabels.contributor, contributor),
    },
    { at: now, actor, action: "contributor.forget", detail: {} },
    sql`true`, // -- that somebody asked is kept, whatever was found
    [
      db.delete(suggestions).where(eq(suggestions.contributor, contributor)),
      forgetNoted(db),
      db.delete(repeatableAnswers).where(eq(contributorOf(repeatableAnswers.body), contributor)),
    ],
  );
  return forgotten ?? { examples: 0, reviews: 0 };
}

/** Takes a class off the menu for good, with all its examples and corrections. Error: `not_found`. */
export async function forgetClass(
  db: Database,
  given: string,
  actor: string,
  now: number,
): Promise<Result<Forgotten, Problem>> {
  const found = await findClass(db, given);
  if (found === null) return err(missItem(given));
  const { id: classId } = found;
  const isThere = and(eq(classes.id, classId), isNull(classes.deletedAt));
  const forgotten = await forgetWhere(
    db,
    {
      examples: eq(examples.classId, classId),
      reviews: eq(reviews.classId, classId),
      left: eq(leftExamples.classId, classId),
      taught: eq(teacherLabels.classId, classId),
      isDecision: true,
    },
    { at: now, actor, action: "class.delete", detail: { class: classId } },
    sql`EXISTS (SELECT 1 FROM classes WHERE ${isThere})`,
    [
      db
        .update(classes)
        .set({
          archivedAt: sql`coalesce(${classes.archivedAt}, ${now})`,
          deletedAt: now,
          description: "",
          aliases: [],
          aliasKeys: [],
          names: {},
        })
        .where(isThere),
      // -- whoever has this id next is another item: nothing that names the old one may mean the new one
      db.update(classes).set({ mergedInto: null }).where(eq(classes.mergedInto, classId)),
      db.update(reviewDecisions).set({ beforeClass: NO_ITEM }).where(eq(reviewDecisions.beforeClass, classId)),
      db.update(pooledSamples).set({ answer: null }).where(eq(pooledSamples.answer, classId)),
      db.update(teacherLabels).set({ headAnswer: NO_ITEM }).where(eq(teacherLabels.headAnswer, classId)),
      db.delete(classDescriptions).where(eq(classDescriptions.classId, classId)),
      ...indexNames(db, [classId]),
      bumpMenu(db, true),
    ],
  );
  return forgotten === null ? err(missItem(given)) : ok(forgotten);
}

interface Wanted {
  readonly examples: SQL;
  readonly reviews: SQL;
  /** From the labels that a change of the backbone left behind. */
  readonly left: SQL;
  /** From the pool; none if it is absent. */
  readonly pooled?: SQL;
  /** From what the teacher said; none if it is absent. */
  readonly taught?: SQL;
  /** Staff want these samples gone, so no import is to bring them back; a person who asks for their data to go leaves no hash. */
  readonly isDecision?: boolean;
}

/**
 * One transaction that counts and forgets, so that what it says is what it did. Null, with nothing written, where `condition`
 * does not hold.
 */
async function forgetWhere(
  db: Database,
  wanted: Wanted,
  audit: AuditEntry,
  condition: SQL | null = null,
  further: readonly Statement[] = [],
): Promise<Forgotten | null> {
  const isWanted = and(wanted.examples, isNotNull(examples.classId));
  const counts = {
    examples: sql`(SELECT count(*) FROM ${examples} WHERE ${isWanted}) + (SELECT count(*) FROM ${leftExamples} WHERE ${wanted.left})`,
    reviews: sql`(SELECT count(*) FROM ${reviews} WHERE ${wanted.reviews})`,
  };
  const photos = sql`(SELECT sample_id FROM ${examples} WHERE ${isWanted} UNION ALL SELECT sample_id FROM ${leftExamples} WHERE ${wanted.left}
    UNION ALL SELECT sample_id FROM ${reviews} WHERE ${wanted.reviews})`;
  const isPooled = sql`EXISTS (SELECT 1 FROM ${pooledSamples} WHERE ${wanted.pooled ?? sql`false`})`;
  const isTaught = sql`EXISTS (SELECT 1 FROM ${teacherLabels} WHERE ${wanted.taught ?? sql`false`})`;
  const isThere = sql`EXISTS ${photos} OR ${isPooled} OR ${isTaught}`;
  const [[noted]] = await db.batch([
    noteAuditWhere(db, audit, condition ?? isThere, counts),
    db.delete(reviewDecisions).where(sql`${reviewDecisions.sampleId} IN ${photos}`),
    ...(wanted.isDecision === true ? [rememberForgotten(db, examples, isWanted, audit.at)] : []), // while the labels tell which
    ...forgetPooled(db, wanted, audit.at),
    ...forgetLeft(db, wanted, audit.at),
    ...(wanted.taught === undefined ? [] : forgetTaught(db, wanted.taught)),
    db.update(examples).set({ classId: null, labelledAt: audit.at, contributor: "", labelledBy: null }).where(isWanted),
    db.delete(reviews).where(wanted.reviews),
    ...further,
  ]);
  if (noted === undefined) return null;
  const { examples: forgotten, reviews: dropped } = JSON.parse(noted.detail);
  return { examples: forgotten, reviews: dropped };
}

function forgetPooled(db: Database, { pooled, isDecision }: Wanted, now: number): Statement[] {
  if (pooled === undefined) return [];
  const remembered = isDecision === true ? [rememberForgotten(db, pooledSamples, pooled, now)] : [];
  // Those of keys may have been learnt from without a label: heads that saw them go as with labels.
  const isLearnt = sql`EXISTS (SELECT 1 FROM ${pooledSamples} WHERE ${pooled} AND NOT ${isOfGuest(pooledSamples.contributor)})`;
  const next = sql`${statistics.version} + 1`;
  return [
    ...remembered,
    db.update(statistics).set({ version: next, forgetVersion: next }).where(isLearnt),
    db.delete(pooledSamples).where(pooled),
  ];
}

/** Heads of the other backbone have seen them, and heads from before the change: all of these go as with examples. */
function forgetLeft(db: Database, { left, isDecision }: Wanted, now: number): Statement[] {
  const next = sql`${statistics.version} + 1`;
  return [
    ...(isDecision === true ? [rememberForgotten(db, leftExamples, left, now)] : []),
    db
      .update(statistics)
      .set({ version: next, forgetVersion: next })
      .where(sql`EXISTS (SELECT 1 FROM ${leftExamples} WHERE ${left})`),
    db.delete(leftExamples).where(left),
  ];
}

/** The contributor that a kept answer names; null where it names none. */
function contributorOf(body: SQLWrapper): SQL {
  return sql`CASE WHEN json_valid(${body}) THEN json_extract(${body}, '$.contributor') END`;
}
