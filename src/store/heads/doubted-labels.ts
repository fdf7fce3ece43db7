/**
 * Labels that a head doubts or answers differently, each sample left out; listed for staff, never changed by
 * themselves.
 */
import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { COPY_COSINE } from "../../head/cross-copies.ts";
import type { Embedding } from "../../head/embedding.ts";
import { cosineOf } from "../../head/near-duplicates.ts";
import { noSuchVersion } from "../../shared/english/versions.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { decodeEmbedding } from "../codecs.ts";
import { type Database, jsonList } from "../database.ts";
import { exampleColumns, type LabelledExample, toLabelledExample } from "../labels/examples.ts";
import { examples, heads } from "../schema.ts";
import type { StoredDetails, StoredMistakes } from "./head-record.ts";
import { findHeadReport, findNewestHead } from "./heads.ts";

/** A cell of the confusion matrix, its row or its column: both are ids as the head has them. */
interface MistakeFilter {
  readonly label?: string | undefined;
  readonly said?: string | undefined;
}

/** One mistake as the head made it. */
interface HeadMistake {
  /** Its place among all that the head made, from 1 on. */
  readonly position: number;
  readonly photo: string;
  readonly given: string;
  readonly answered: string;
  readonly givenProbability: number;
  readonly answeredProbability: number;
}

/** With the sample as it is labelled now. */
interface ListedMistake extends HeadMistake {
  readonly example: LabelledExample;
}

interface MistakePage {
  /** Least probable label first; samples that have been forgotten are left out. */
  readonly mistakes: readonly ListedMistake[];
  /** How many the head made, forgotten ones too; null once it is purged. */
  readonly total: number | null;
  /** False where the head keeps the doubted ones alone: it is from before all were kept, or there was no room; and once it is purged. */
  readonly isComplete: boolean;
  /** Position of the last one looked at, null on the last page. */
  readonly next: number | null;
}

/** Behind the position `after`. Reads the head's row without its weights, and a row per mistake of the page. Error: `not_found`. */
export async function listMistakes(
  db: Database,
  version: number,
  filter: MistakeFilter,
  { after, limit }: { readonly after: number | null; readonly limit: number },
): Promise<Result<MistakePage, Problem>> {
  const { classIds, mistakes, details } = heads;
  const [head] = await db.select({ classIds, mistakes, details }).from(heads).where(eq(heads.version, version));
  if (head === undefined) return err(noSuchVersion({ version }));
  const known = head.mistakes === null ? fromSuspects(head.details) : nameItems(head.mistakes, head.classIds);
  const wanted = known.filter((mistake) => matches(mistake, filter));
  const rest = wanted.filter(({ position }) => position > (after ?? 0));
  const page = rest.slice(0, limit);
  const labelled = await findLabelled(db, page);
  const total = head.mistakes === null && head.details === null ? null : countMade(wanted.length, head.details, filter);
  return ok({
    mistakes: page.flatMap((mistake) => {
      const example = labelled.get(mistake.photo);
      return example === undefined ? [] : [{ ...mistake, example }];
    }),
    total,
    isComplete: head.mistakes !== null && wanted.length === total,
    next: rest.length > limit ? page[limit - 1].position : null,
  });
}

function nameItems(stored: StoredMistakes, classIds: readonly string[]): HeadMistake[] {
  return stored.map(([photo, given, answered, givenProbability, answeredProbability], i) => ({
    position: i + 1,
    photo,
    given: classIds[given],
    answered: classIds[answered],
    givenProbability,
    answeredProbability,
  }));
}

/** What heads from before know of their mistakes one by one. One that is unlike everything taught may have been answered right. */
function fromSuspects(details: StoredDetails | null): HeadMistake[] {
  const wrong = (details?.suspects ?? []).filter(({ suggested }) => suggested !== NONE_ID);
  return wrong.map(({ suggested, suggestedProbability, ...suspect }, i) => ({
    ...suspect,
    position: i + 1,
    answered: suggested,
    answeredProbability: suggestedProbability,
  }));
}

function matches(
  { given, answered }: Pick<HeadMistake, "given" | "answered">,
  { label, said }: MistakeFilter,
): boolean {
  return (label === undefined || given === label) && (said === undefined || answered === said);
}

function countMade(listed: number, details: StoredDetails | null, filter: MistakeFilter): number {
  if (details === null) return listed;
  const cells = details.confusions.filter((cell) => matches(cell, filter));
  return cells.reduce((sum, cell) => sum + cell.examples, 0);
}

async function findLabelled(db: Database, page: readonly HeadMistake[]): Promise<Map<string, LabelledExample>> {
  if (page.length === 0) return new Map();
  const rows = await db
    .select(exampleColumns)
    .from(examples)
    .where(and(inArray(examples.sampleId, jsonList(page.map(({ photo }) => photo))), isNotNull(examples.classId)));
  return new Map(rows.map((row) => [row.photo, toLabelledExample(row)]));
}

/*
 * Labels that leave-one-out doubts: found by the newest head, listed for staff, never changed by themselves. One that has
 * been relabelled, confirmed or forgotten since is no longer listed.
 */

/** A doubted label, and the same picture under other items. */
interface Suspect extends StoredSuspect {
  /** How its stored text or picture begins, as of an example; null without one. */
  readonly looks: string | null;
  /** Doubted as well, and to be decided together: one picture is one item. */
  readonly copies: readonly { readonly photo: string; readonly label: string }[];
}

interface Suspects {
  /** The head that doubts, null while there is none. */
  readonly headVersion: number | null;
  /** Least probable label first. */
  readonly suspects: readonly Suspect[];
}

type StoredSuspect = StoredDetails["suspects"][number];

/**
 * `headVersion` is null and the list empty while there is no head. Reads a row per suspect, beside the head's report.
 */
export async function listSuspects(db: Database): Promise<Suspects> {
  const newest = await findNewestHead(db);
  const report = newest === null ? null : await findHeadReport(db, newest.version);
  const found = report?.ok ? (report.value.details?.suspects ?? []) : [];
  const rows = await db
    .select({
      photo: examples.sampleId,
      label: examples.classId,
      embedding: sql<string>`${examples.embedding}`,
      scale: examples.scale,
      looks: exampleColumns.looks,
    })
    .from(examples)
    .where(and(inArray(examples.sampleId, jsonList(found.map(({ photo }) => photo))), isNull(examples.confirmedAt)));
  const stored = new Map(rows.map((row) => [row.photo, { ...row, embedding: decodeEmbedding(row) }]));
  const doubted = found.flatMap((suspect) => {
    const row = stored.get(suspect.photo);
    return row?.label === suspect.given ? [{ suspect, embedding: row.embedding, looks: row.looks }] : [];
  });
  return { headVersion: newest?.version ?? null, suspects: addCopies(doubted) };
}

interface Doubted {
  readonly suspect: StoredSuspect;
  readonly looks: string | null;
  readonly embedding: Embedding;
}

/**
 * With the doubted photos that show each one's picture under the item that it may be instead: the nearest, and those that it is
 * the nearest of. Others as near may be other pictures of a thing that looks the same every time, and need a decision each.
 */
function addCopies(doubted: readonly Doubted[]): readonly Suspect[] {
  const nearest = new Map(doubted.map((one) => [one, findNearest(one, doubted)]));
  const isCopy = (one: Doubted, other: Doubted) =>
    nearest.get(one) === other || (areRivals(one, other) && nearest.get(other) === one);
  return doubted.map((one) => ({
    ...one.suspect,
    looks: one.looks,
    copies: doubted
      .filter((other) => isCopy(one, other))
      .map(({ suspect }) => ({ photo: suspect.photo, label: suspect.given })),
  }));
}

/** The nearest copy under the item that is suggested for this one. */
function findNearest(one: Doubted, all: readonly Doubted[]): Doubted | undefined {
  const near = all
    .filter((other) => areRivals(one, other))
    .map((other) => ({ other, cosine: cosineBetween(one, other) }));
  const nearest = near.reduce((best, next) => (next.cosine > best.cosine ? next : best), { other: one, cosine: -1 });
  return nearest.cosine >= COPY_COSINE ? nearest.other : undefined;
}

/** Each may be what the other is labelled. */
function areRivals({ suspect: one }: Doubted, { suspect: other }: Doubted): boolean {
  return other.given === one.suggested && one.given === other.suggested;
}

/** -1 for photos that different backbones have embedded. */
function cosineBetween({ embedding: a }: Doubted, { embedding: b }: Doubted): number {
  return a.values.length === b.values.length ? cosineOf(a, b) : -1;
}
