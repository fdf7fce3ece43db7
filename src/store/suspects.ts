/**
 * Labels that leave-one-out doubts: found by the newest head, listed for staff, never changed by themselves. One that has
 * been relabelled, confirmed or forgotten since is no longer listed.
 */
import { and, inArray, isNull, sql } from "drizzle-orm";
import { COPY_COSINE } from "../head/cross-copies.ts";
import type { Embedding } from "../head/embedding.ts";
import { cosineOf } from "../head/near-duplicates.ts";
import { decodeEmbedding } from "./codecs.ts";
import { type Database, jsonList } from "./database.ts";
import { exampleColumns } from "./examples.ts";
import type { StoredDetails } from "./head-record.ts";
import { findHeadReport, findNewestHead } from "./heads.ts";
import { examples } from "./schema.ts";

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
