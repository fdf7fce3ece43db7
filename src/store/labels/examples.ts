/**
 * Labelled samples one by one: listing them, changing or confirming a label, and one word of staff for a picture that
 * is stored several times.
 */
import { and, asc, eq, gt, inArray, isNotNull, ne, type SQLWrapper, sql } from "drizzle-orm";
import type { Purpose } from "../../shared/closed-lists.ts";
import { noSuchExample } from "../../shared/english/labels.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type AuditEntry, noteAuditOfChange, noteAuditWhere } from "../audit-log.ts";
import { type Database, jsonList } from "../database.ts";
import { requireLabel } from "../menu/menu.ts";
import { explainOffMenu, isLabel } from "../menu/menu-guard.ts";
import { examples } from "../schema.ts";
import type { LabelSource } from "./labels.ts";

/** An example as staff see it. */
export interface LabelledExample {
  readonly photo: string;
  readonly label: string;
  readonly source: LabelSource;
  readonly contributor: string;
  readonly origin: "server" | "device";
  readonly purpose: Purpose;
  /** Whether the statistics hold it as it stands; of one that is set aside, whether they hold nothing of it. */
  readonly absorbed: boolean;
  /** Unix time in ms, like the two below. */
  readonly createdAt: number;
  readonly labelledAt: number;
  /** When staff said that the label is right, although the head doubted it. */
  readonly confirmedAt: number | null;
  /** How its stored text or picture begins, null without one: enough to read a text, and to know that there is a picture. */
  readonly looks: string | null;
}

type ExampleRow = Omit<LabelledExample, "absorbed"> & { readonly absorbedAs: string | null };

/** Those of one class, of one contributor, or those made by the rule of agreement. */
export type ExampleFilter =
  | { readonly classId: string }
  | { readonly contributor: string }
  | { readonly source: "auto" };

/** How much of a text a list shows: two or three lines. */
const SHOWN_CHARACTERS = 200;

/** How the stored text or picture of the sample `id` begins. */
export function looksOf(id: SQLWrapper) {
  return sql<
    string | null
  >`(SELECT substr(preview, 1, ${SHOWN_CHARACTERS}) FROM pictures WHERE pictures.sample_id = ${id})`;
}

/** What `toLabelledExample` takes. */
export const exampleColumns = {
  photo: examples.sampleId,
  label: sql<string>`${examples.classId}`,
  source: examples.source,
  contributor: examples.contributor,
  origin: examples.origin,
  purpose: examples.purpose,
  absorbedAs: examples.absorbedClassId,
  createdAt: examples.createdAt,
  labelledAt: examples.labelledAt,
  confirmedAt: examples.confirmedAt,
  looks: looksOf(sql`examples.sample_id`),
};

/** Examples by sample id, from the one behind `after`; read along an index of its own, `limit` rows. */
export async function listExamples(
  db: Database,
  filter: ExampleFilter,
  limit: number,
  after: string | null = null,
): Promise<LabelledExample[]> {
  const rows = await db
    .select(exampleColumns)
    .from(examples)
    .where(and(matches(filter), after === null ? undefined : gt(examples.sampleId, after)))
    .orderBy(asc(examples.sampleId))
    .limit(limit);
  return rows.map(toLabelledExample);
}

/** A row of `exampleColumns`. */
export function toLabelledExample({ absorbedAs, ...row }: ExampleRow): LabelledExample {
  return { ...row, absorbed: absorbedAs === (row.purpose === "test" ? null : row.label) };
}

function matches(filter: ExampleFilter) {
  if ("classId" in filter) return eq(examples.classId, filter.classId);
  const which =
    "contributor" in filter ? eq(examples.contributor, filter.contributor) : eq(examples.source, sql`'auto'`);
  return and(which, isNotNull(examples.classId));
}

/**
 * Gives a stored sample another label, by the item's id, name or alias, and returns its id. Errors: `not_found`,
 * `unknown_class`, `class_archived`.
 */
export async function relabelExample(
  db: Database,
  photo: string,
  label: string,
  actor: string,
  now: number,
): Promise<Result<string, Problem>> {
  const active = await requireLabel(db, label);
  if (!active.ok) return active;
  const classId = active.value;
  const isPossible = and(isKnown(photo), isLabel(classId));
  const from = sql`(SELECT class_id FROM examples WHERE ${isKnown(photo)})`;
  const entry: AuditEntry = { at: now, actor, action: "example.relabel", detail: { to: classId } };
  const [, changed] = await db.batch([
    noteAuditWhere(db, entry, sql`EXISTS (SELECT 1 FROM examples WHERE ${isPossible})`, { from }),
    db
      .update(examples)
      .set({ classId, labelledAt: now, confirmedAt: null, labelledBy: actor })
      .where(isPossible)
      .returning({ photo: examples.sampleId }),
  ]);
  if (changed.length > 0) return ok(classId);
  const [known] = await db.select({ photo: examples.sampleId }).from(examples).where(isKnown(photo));
  return err(known === undefined ? noSuchExample() : await explainOffMenu(db, classId));
}

/** Says that a doubted label is right, so that it is not listed again. Error: `not_found`. */
export async function confirmExample(
  db: Database,
  photo: string,
  actor: string,
  now: number,
): Promise<Result<void, Problem>> {
  const [changed] = await db.batch([
    db.update(examples).set({ confirmedAt: now }).where(isKnown(photo)).returning({ photo: examples.sampleId }),
    noteAuditOfChange(db, { at: now, actor, action: "example.confirm", detail: {} }),
  ]);
  return changed.length > 0 ? ok(undefined) : err(noSuchExample());
}

function isKnown(photo: string) {
  return and(eq(examples.sampleId, photo), isNotNull(examples.classId));
}

/**
 * Gives all of these samples one label, by the item's id, name or alias, and confirms it, so that none of them is doubted again;
 * returns the label's id. Those that are no longer stored are left out. Errors: `not_found` where that is all of them,
 * `unknown_class`, `class_archived`.
 */
export async function settleCopies(
  db: Database,
  photos: readonly string[],
  label: string,
  actor: string,
  now: number,
): Promise<Result<string, Problem>> {
  const active = await requireLabel(db, label);
  if (!active.ok) return active;
  const classId = active.value;
  const areStored = and(inArray(examples.sampleId, jsonList(photos)), isNotNull(examples.classId));
  const arePossible = and(areStored, isLabel(classId));
  const entry: AuditEntry = { at: now, actor, action: "example.relabel", detail: { to: classId } };
  const counts = { photos: sql`(SELECT COUNT(*) FROM examples WHERE ${areStored})` };
  const [, , confirmed] = await db.batch([
    noteAuditWhere(db, entry, sql`EXISTS (SELECT 1 FROM examples WHERE ${arePossible})`, counts),
    db
      .update(examples)
      .set({ classId, labelledAt: now, labelledBy: actor })
      .where(and(arePossible, ne(examples.classId, classId))),
    db.update(examples).set({ confirmedAt: now }).where(arePossible).returning({ photo: examples.sampleId }),
  ]);
  if (confirmed.length > 0) return ok(classId);
  return err((await isAnyStored(db, photos)) ? await explainOffMenu(db, classId) : noSuchExample());
}

async function isAnyStored(db: Database, photos: readonly string[]): Promise<boolean> {
  return (await db.$count(examples, inArray(examples.sampleId, jsonList(photos)))) > 0;
}
