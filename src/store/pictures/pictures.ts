/**
 * What labelled samples looked like. A picture is written in the transaction that makes its sample an example, and triggers delete it
 * with the label; nothing here is read to answer a guest.
 */
import { eq, type SQL, sql } from "drizzle-orm";
import { type Database, dropAll, jsonList, type Statement } from "../database.ts";
import { MAX_PICTURES_BYTES, pictures, pictureTotals } from "./tables.ts";

/** How many pictures there are, and what they take of the database and of the bucket. */
export interface PictureTotals {
  readonly pictures: number;
  readonly bytes: number;
  /** The same for those in the bucket. */
  readonly originals: number;
  readonly originalBytes: number;
}

/** A sample, perhaps with a picture to keep: the server's own, or one that its sender made. */
interface PicturedSample {
  readonly sampleId: string;
  readonly picture?: string | undefined;
  readonly sentPicture?: string | undefined;
}

/**
 * The statements that keep the pictures that come with samples, to follow the one that labels them `classId`; none where none comes. The
 * server's own replaces whatever is there. A sender's shows staff whatever the sender likes: it replaces none, and counts only where the label
 * is the sender's to say (`isTheirs`, of `examples`).
 */
export function keepPictures(
  db: Database,
  samples: readonly PicturedSample[],
  classId: string,
  isTheirs: SQL,
): Statement[] {
  const own = samples.flatMap(({ sampleId, picture }) => (picture === undefined ? [] : [{ sampleId, picture }]));
  const sent = samples.flatMap(({ sampleId, sentPicture: picture }) =>
    picture === undefined ? [] : [{ sampleId, picture }],
  );
  const replaced = { target: pictures.sampleId, set: { preview: sql`excluded.preview` } };
  const counts = sql`EXISTS (SELECT 1 FROM examples WHERE examples.sample_id = value ->> 'sampleId' AND examples.class_id = ${classId} AND ${isTheirs})`;
  return [
    ...(own.length === 0 ? [] : [insertPictures(db, picturesOf(own)).onConflictDoUpdate(replaced)]),
    ...(sent.length === 0 ? [] : [insertPictures(db, sql`${picturesOf(sent)} WHERE ${counts}`).onConflictDoNothing()]),
  ];
}

function picturesOf(rows: readonly { readonly sampleId: string; readonly picture: string }[]): SQL {
  return sql`SELECT value ->> 'sampleId' AS sample_id, value ->> 'picture' AS preview FROM json_each(${JSON.stringify(rows)})`;
}

/** The statement that keeps what staff saw of these samples while they waited, to follow the one that makes them examples. */
export function keepPreviews(db: Database, from: "reviews" | "pooled_samples", photos: readonly string[]): Statement {
  const first = from === "reviews" ? sql`min(created_at)` : sql`min(seen_at)`;
  const shown = sql`SELECT sample_id, preview, ${first} FROM ${sql.raw(from)}
    WHERE sample_id IN ${jsonList(photos)} AND +preview IS NOT NULL GROUP BY sample_id`; // -- "+": by sample, not by the index of all previews
  return insertPictures(db, shown).onConflictDoNothing();
}

/** For samples that are examples by now, as long as there is room. `found`: a query of `sample_id` and `preview`. */
export function insertPictures(db: Database, found: SQL) {
  return db.insert(pictures).select(
    sql`SELECT found.sample_id, found.preview FROM (${found}) AS found
      WHERE EXISTS (SELECT 1 FROM examples WHERE examples.sample_id = found.sample_id AND examples.class_id IS NOT NULL)
        AND (SELECT bytes FROM picture_totals) < ${MAX_PICTURES_BYTES}`,
  );
}

/** As it was kept; null where none is. */
export async function findPicture(db: Database, sampleId: string): Promise<string | null> {
  const [row] = await db.select({ preview: pictures.preview }).from(pictures).where(eq(pictures.sampleId, sampleId));
  return row?.preview ?? null;
}

/** Reads one row, however many there are. */
export async function readPictureTotals(db: Database): Promise<PictureTotals> {
  const [totals] = await db
    .select({
      pictures: pictureTotals.pictures,
      bytes: pictureTotals.bytes,
      originals: pictureTotals.originals,
      originalBytes: pictureTotals.originalBytes,
    })
    .from(pictureTotals);
  return totals ?? { pictures: 0, bytes: 0, originals: 0, originalBytes: 0 };
}

/** Pictures that one statement deletes: their pages are a database's largest. */
const DROPPED_AT_ONCE = 2_000;

/** For a deployment that keeps none any more. Returns how many went. */
export function dropPictures(db: Database): Promise<number> {
  return dropAll(db, pictures, DROPPED_AT_ONCE);
}
