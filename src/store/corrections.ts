/**
 * How a guest's correction enters the queue: one statement that stores it under every limit at once, so that no number
 * of requests at the same moment gets past one. Stored once per photo, label and contributor.
 */
import { type SQL, sql } from "drizzle-orm";
import { siteOf } from "../shared/contributor.ts";
import { encodeEmbedding } from "./codecs.ts";
import type { Database } from "./database.ts";
import type { EmbeddedPhoto } from "./labels.ts";
import { isLabel } from "./menu-guard.ts";
import {
  MAX_PENDING_PER_SITE,
  MAX_PENDING_PER_SOURCE,
  MAX_PENDING_REVIEWS,
  SOURCE_HALF_LIFE,
} from "./review-limits.ts";
import { reviews } from "./schema.ts";

export interface Correction {
  readonly photo: EmbeddedPhoto;
  readonly label: string;
  readonly guess: string | null;
  readonly thumbnail: string | null;
  readonly contributor: string;
  /** In [0, 1], before the contributor's other corrections are taken into account. */
  readonly usefulness: number;
}

/**
 * `decided`: staff have decided on this photo and label, whoever sends it again. `counted`: the photo is an example of
 * this label already. `source_limit`, `queue_full` and `off_menu` (the item has left the menu): nothing was stored.
 */
export type CorrectionOutcome =
  | "stored"
  | "duplicate"
  | "decided"
  | "counted"
  | "source_limit"
  | "queue_full"
  | "off_menu";

/** Stores a correction, or says why not. One statement where it is stored, two otherwise. */
export async function storeCorrection(db: Database, correction: Correction, now: number): Promise<CorrectionOutcome> {
  const facts = describeQueue(correction);
  const stored = await db
    .insert(reviews)
    .select(insertUnlessRefused(correction, facts, now))
    .onConflictDoNothing()
    .returning({ photoId: reviews.photoId });
  if (stored.length > 0) return "stored";
  const [found] = await db.all<Record<keyof QueueFacts, number>>(
    sql`SELECT ${facts.isCounted} AS isCounted, ${facts.isOnMenu} AS isOnMenu, ${facts.isDecided} AS isDecided, ${facts.isDuplicate} AS isDuplicate,
      ${facts.ofSource} AS ofSource, ${facts.ofSite} AS ofSite`,
  );
  if (found.isCounted) return "counted";
  if (found.isDecided) return "decided";
  if (found.isDuplicate) return "duplicate";
  if (!found.isOnMenu) return "off_menu";
  return found.ofSource >= MAX_PENDING_PER_SOURCE || found.ofSite >= MAX_PENDING_PER_SITE
    ? "source_limit"
    : "queue_full";
}

/** What decides about a correction, as SQL expressions. Counts stop at their limit, and so do the rows read for them. */
interface QueueFacts {
  readonly isCounted: SQL;
  readonly isOnMenu: SQL;
  readonly isDecided: SQL;
  readonly isDuplicate: SQL;
  readonly ofSource: SQL;
  readonly ofSite: SQL;
}

function describeQueue({ photo, label, contributor }: Correction): QueueFacts {
  const ofPhoto = sql`FROM reviews WHERE photo_id = ${photo.photoId} AND class_id = ${label}`;
  const site = siteOf(contributor);
  return {
    isCounted: sql`EXISTS (SELECT 1 FROM examples WHERE photo_id = ${photo.photoId} AND class_id = ${label})`,
    isOnMenu: isLabel(label),
    isDecided: sql`EXISTS (SELECT 1 ${ofPhoto} AND status <> 'pending')`,
    isDuplicate: sql`EXISTS (SELECT 1 ${ofPhoto} AND contributor = ${contributor})`,
    ofSource: countPending(sql`contributor = ${contributor}`, MAX_PENDING_PER_SOURCE),
    // Names of a site start alike; "~" sorts after every digit that may follow.
    ofSite: countPending(sql`contributor >= ${site} AND contributor < ${`${site}~`}`, MAX_PENDING_PER_SITE),
  };
}

function countPending(which: SQL, limit: number): SQL {
  return sql`(SELECT count(*) FROM (SELECT 1 FROM reviews WHERE status = 'pending' AND ${which} LIMIT ${limit}))`;
}

/** A row in the order of the table's columns, or none. */
function insertUnlessRefused(
  { photo, label, guess, thumbnail, contributor, usefulness }: Correction,
  facts: QueueFacts,
  now: number,
): SQL {
  const { embedding, scale } = encodeEmbedding(photo.embedding);
  return sql`SELECT ${photo.photoId}, ${label}, ${contributor}, ${photo.backboneId}, ${embedding}, ${scale}, ${thumbnail},
      ${guess}, ${photo.origin}, ${usefulness} * ${SOURCE_HALF_LIFE} * 1.0 / (${SOURCE_HALF_LIFE} + of_source), 'pending', ${now}, NULL, NULL, NULL
    FROM (SELECT ${facts.ofSource} AS of_source)
    WHERE of_source < ${MAX_PENDING_PER_SOURCE} AND ${facts.ofSite} < ${MAX_PENDING_PER_SITE}
      AND ${countPending(sql`true`, MAX_PENDING_REVIEWS)} < ${MAX_PENDING_REVIEWS}
      AND NOT ${facts.isDecided} AND NOT ${facts.isCounted} AND ${facts.isOnMenu}`;
}
