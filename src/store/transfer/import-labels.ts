/**
 * Examples and corrections from a file. A restore takes them with their markers; a merge takes labels only, which wait for
 * the next run like any other, and where both deployments label a sample, `prefer` says whose label stays.
 */
import { inArray, isNull, type SQL, sql } from "drizzle-orm";
import {
  exampleIsMissing,
  isForgottenHere,
  isLabelledOtherwise,
  itemIsMissing,
  photoIsForgotten,
  picturesAreNotKept,
  wasForgottenThere,
} from "../../shared/english/rows.ts";
import type { Told } from "../../shared/sentence.ts";
import { type Database, jsonList, type Statement } from "../database.ts";
import { findForgotten } from "../labels/forgotten-samples.ts";
import { settleLabels } from "../menu/menu-guard.ts";
import { insertPictures } from "../pictures/pictures.ts";
import { pictures } from "../pictures/tables.ts";
import { examples, reviews } from "../schema.ts";
import {
  chunkRows,
  fate,
  type ImportContext,
  type ImportRow,
  insertMissing,
  type RowFate,
  runGuarded,
  sampleOf,
} from "./import-batch.ts";
import { type KnownClass, loadKnownClasses } from "./import-classes.ts";
import type { TransferRow } from "./tables.ts";

/** The word of the deployment on a sample: its label, null where the sample is forgotten, undefined where it is unknown. */
type KnownLabels = Map<string, string | null>;

/** Fates come in the order of `items`. */
export async function importExamples(context: ImportContext, items: readonly ImportRow[]): Promise<RowFate[]> {
  const { db, mode } = context;
  const classes = await loadKnownClasses(db);
  const labels = await loadLabels(db, items);
  const missing: TransferRow[] = [];
  const replaced: TransferRow[] = [];
  const fates = items.map((item): RowFate => {
    const placed = placeExample(context, item, classes);
    if ("outcome" in placed) return placed;
    const photo = String(placed.row.sampleId);
    const label = placed.row.classId === null ? null : String(placed.row.classId);
    const ours = labels.get(photo);
    if (ours === label) return fate(item, "present");
    if (ours === undefined) missing.push(placed.row);
    else if (mode === "restore" || context.prefer === "ours")
      return fate(item, "kept", tellLabels(ours ?? null, String(label)));
    else replaced.push(placed.row);
    labels.set(photo, label);
    return fate(item, ours === undefined ? "stored" : "replaced");
  });
  const written = [...insertMissing(db, examples, missing), ...relabel(db, replaced)];
  // -- an item may have been merged or deleted since its state was read
  await runGuarded(
    context,
    written.length === 0 || mode === "restore" ? written : [...written, ...settleLabels(db, context.now)],
  );
  return fates;
}

/** The same correction by the same contributor is stored once; ours stays, decided or not. */
export async function importReviews(context: ImportContext, items: readonly ImportRow[]): Promise<RowFate[]> {
  const { db } = context;
  const classes = await loadKnownClasses(db);
  const known = new Set(
    (await findReviews(db, items)).map(({ sampleId, classId, by }) => keyOf(sampleId, classId, by)),
  );
  const gone = new Set(isOurs(context) ? await findForgotten(db, items.map(sampleOf)) : []);
  const missing: TransferRow[] = [];
  const fates = items.map((item): RowFate => {
    const classId = context.mode === "merge" ? followMerges(classes, item.row.classId) : String(item.row.classId);
    const target = classes.get(classId);
    if (target === undefined || (context.mode === "merge" && target.deletedAt !== null)) {
      return fate(item, "refused", noSuchItem(classId));
    }
    const key = keyOf(item.row.sampleId, classId, item.row.contributor);
    if (known.has(key)) return fate(item, "present");
    if (gone.has(sampleOf(item))) return fate(item, "kept", photoIsForgotten());
    known.add(key);
    missing.push({ ...item.row, classId });
    return fate(item, "stored");
  });
  await runGuarded(context, insertMissing(db, reviews, missing));
  return fates;
}

/** The row to store here, or why not. */
function placeExample(
  { mode }: ImportContext,
  item: ImportRow,
  classes: ReadonlyMap<string, KnownClass>,
): { readonly row: TransferRow } | RowFate {
  const { classId, absorbedClassId } = item.row;
  if (mode === "restore") {
    const unknown = [classId, absorbedClassId].find((id) => id !== null && !classes.has(String(id)));
    return unknown === undefined ? { row: item.row } : fate(item, "refused", noSuchItem(unknown));
  }
  if (classId === null) return fate(item, "leftOut", wasForgottenThere());
  const target = followMerges(classes, classId);
  const ours = classes.get(target);
  if (ours === undefined || ours.deletedAt !== null) return fate(item, "refused", noSuchItem(target));
  return { row: { ...item.row, classId: target, absorbedClassId: null, unseenSince: 0 } };
}

/** The item that has the examples of `classId` here, itself where it was never merged. */
function followMerges(classes: ReadonlyMap<string, KnownClass>, classId: unknown): string {
  let current = String(classId);
  // -- a hostile file can merge items in a circle
  for (let steps = 0; steps < classes.size; steps++) current = classes.get(current)?.mergedInto ?? current;
  return current;
}

async function loadLabels(db: Database, items: readonly ImportRow[]): Promise<KnownLabels> {
  const rows = await db
    .select({ sampleId: examples.sampleId, classId: examples.classId })
    .from(examples)
    .where(inArray(examples.sampleId, photosOf(items)));
  const gone = await findForgotten(db, items.map(sampleOf));
  return new Map([
    ...gone.map((id) => [id, null] as const),
    ...rows.map(({ sampleId, classId }) => [sampleId, classId] as const),
  ]);
}

async function findReviews(db: Database, items: readonly ImportRow[]) {
  return db
    .select({ sampleId: reviews.sampleId, classId: reviews.classId, by: reviews.contributor })
    .from(reviews)
    .where(inArray(reviews.sampleId, photosOf(items)));
}

/** Gives samples the file's label. Their embeddings stay, so that the statistics take back what they were given. */
function relabel(db: Database, rows: readonly TransferRow[]): Statement[] {
  const whereForgotten = (column: SQL, other: SQL) =>
    sql`CASE WHEN ${examples.classId} IS NULL THEN ${column} ELSE ${other} END`;
  return chunkRows(examples, rows).map((chunk) =>
    db
      .insert(examples)
      .values(chunk as (typeof examples.$inferInsert)[]) // -- a decoder: the columns were checked where the row came in
      .onConflictDoUpdate({
        target: examples.sampleId,
        set: {
          classId: sql`excluded.class_id`,
          labelledAt: sql`excluded.labelled_at`,
          confirmedAt: sql`excluded.confirmed_at`,
          labelledBy: sql`excluded.labelled_by`,
          source: whereForgotten(sql`excluded.source`, sql`${examples.source}`),
          contributor: whereForgotten(sql`excluded.contributor`, sql`${examples.contributor}`),
          purpose: whereForgotten(sql`excluded.purpose`, sql`${examples.purpose}`),
        },
      }),
  );
}

function photosOf(items: readonly ImportRow[]): SQL {
  return jsonList(items.map(sampleOf));
}

/** Whether what staff have forgotten here stays so. */
function isOurs({ mode, prefer }: ImportContext): boolean {
  return mode === "merge" && prefer === "ours";
}

function keyOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}

function noSuchItem(id: unknown): Told {
  return itemIsMissing({ id: String(id) });
}

function tellLabels(ours: string | null, theirs: string): Told {
  return ours === null ? isForgottenHere({ theirs }) : isLabelledOtherwise({ ours, theirs });
}

/** The largest that a row may hold: some 1.4 MB, below what one bound parameter takes. */
const PICTURES_PER_STATEMENT = 50;

/** One that is here stays. A merge brings none back to an example that was forgotten here. */
export async function importPictures(context: ImportContext, items: readonly ImportRow[]): Promise<RowFate[]> {
  const { db, keepsPictures } = context;
  if (!keepsPictures) return items.map((item) => fate(item, "leftOut", picturesAreNotKept()));
  const known = await findExamples(db, items.map(sampleOf));
  const missing = items.filter((item) => known.get(sampleOf(item)) === false);
  const statements = [];
  for (let first = 0; first < missing.length; first += PICTURES_PER_STATEMENT) {
    const rows = missing.slice(first, first + PICTURES_PER_STATEMENT).map(({ row }) => row);
    const sent = sql`SELECT value ->> 'sampleId' AS sample_id, value ->> 'preview' AS preview FROM json_each(${JSON.stringify(rows)})`;
    statements.push(insertPictures(db, sent).onConflictDoNothing());
  }
  await runGuarded(context, statements);
  return items.map((item) => {
    const hasPicture = known.get(sampleOf(item));
    if (hasPicture === undefined) return fate(item, "leftOut", exampleIsMissing());
    return fate(item, hasPicture ? "present" : "stored");
  });
}

/** Which of these samples are examples, and whether they have a picture. */
async function findExamples(db: Database, sampleIds: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await db
    .select({ id: examples.sampleId, isBare: isNull(pictures.sampleId) })
    .from(examples)
    .leftJoin(pictures, sql`${pictures.sampleId} = ${examples.sampleId}`)
    .where(sql`${examples.sampleId} IN ${jsonList(sampleIds)} AND ${examples.classId} IS NOT NULL`);
  return new Map(rows.map(({ id, isBare }) => [id, Number(isBare) === 0]));
}
