/**
 * How a guest's correction enters the queue: one statement that stores it under every limit at once, so that no number
 * of requests at the same moment gets past one. One label waits per receipt, and per contributor and sample: a new one replaces
 * the one before.
 */
import { and, eq, ne, or, type SQL, sql } from "drizzle-orm";
import { siteOf } from "../../shared/contributor.ts";
import { encodeEmbedding } from "../codecs.ts";
import type { Database } from "../database.ts";
import type { EmbeddedSample } from "../labels/labels.ts";
import { isLabel } from "../menu/menu-guard.ts";
import { reviews } from "../schema.ts";
import {
  MAX_PENDING_PER_SITE,
  MAX_PENDING_PER_SOURCE,
  MAX_PENDING_REVIEWS,
  SOURCE_HALF_LIFE,
} from "./review-limits.ts";

/**
 * A guest's word on a sample that is embedded already. `guess` is the item that the head answered, null where it had no
 * answer.
 */
export interface Correction {
  readonly sample: EmbeddedSample;
  readonly label: string;
  readonly guess: string | null;
  readonly preview: string | null;
  readonly contributor: string;
  /** The id of the receipt that it came by; null where it came with the sample. */
  readonly receipt: string | null;
  /** In [0, 1], before the contributor's other corrections are taken into account. */
  readonly usefulness: number;
}

/**
 * `duplicate`: the same person or the same receipt has said so before. `decided`: staff have decided on this sample and label, whoever
 * sends it again. `counted`: the sample is an example of this label already. `source_limit`, `queue_full` and `off_menu` (the item has left the menu): it stores nothing.
 */
export type CorrectionOutcome =
  | "stored"
  | "duplicate"
  | "decided"
  | "counted"
  | "source_limit"
  | "queue_full"
  | "off_menu";

/** Stores a correction, or says why not. One transaction where it is stored, and one query more otherwise. */
export async function storeCorrection(db: Database, correction: Correction, now: number): Promise<CorrectionOutcome> {
  const facts = describeQueue(correction);
  const [, stored] = await db.batch([
    takeBack(db, correction),
    db
      .insert(reviews)
      .select(insertUnlessRefused(correction, facts, now))
      .onConflictDoNothing()
      .returning({ sampleId: reviews.sampleId }),
  ]);
  if (stored.length > 0) return "stored";
  const [found] = await db.all<Record<keyof QueueFacts, number>>(
    sql`SELECT ${facts.isCounted} AS isCounted, ${facts.isOnMenu} AS isOnMenu, ${facts.isDecided} AS isDecided, ${facts.isDuplicate} AS isDuplicate,
      ${facts.ofSource} AS ofSource, ${facts.ofSite} AS ofSite, ${facts.ofAll} AS ofAll`,
  );
  if (found.isDuplicate) return "duplicate";
  if (!found.isOnMenu) return "off_menu";
  // The limits first: a guest who has reached one must not learn from the refusal what others have taught.
  if (found.ofSource >= MAX_PENDING_PER_SOURCE || found.ofSite >= MAX_PENDING_PER_SITE) return "source_limit";
  if (found.ofAll >= MAX_PENDING_REVIEWS) return "queue_full";
  return found.isCounted ? "counted" : "decided";
}

/** Ends what the same person, or the same receipt, said of this sample before. */
function takeBack(db: Database, { sample, label, contributor, receipt }: Correction) {
  const isOwn = or(eq(reviews.contributor, contributor), receipt === null ? undefined : eq(reviews.receipt, receipt));
  const isOther = and(eq(reviews.sampleId, sample.sampleId), ne(reviews.classId, label), isOwn);
  return db.delete(reviews).where(and(isOther, eq(reviews.status, sql`'pending'`), isLabel(label)));
}

/** What decides about a correction, as SQL expressions. Counts stop at their limit, and so do the rows read for them. */
interface QueueFacts {
  readonly isCounted: SQL;
  readonly isOnMenu: SQL;
  readonly isDecided: SQL;
  readonly isDuplicate: SQL;
  readonly ofSource: SQL;
  readonly ofSite: SQL;
  readonly ofAll: SQL;
}

function describeQueue({ sample, label, contributor, receipt }: Correction): QueueFacts {
  const ofSample = sql`FROM reviews WHERE sample_id = ${sample.sampleId} AND class_id = ${label}`;
  const site = siteOf(contributor);
  return {
    isCounted: sql`EXISTS (SELECT 1 FROM examples WHERE sample_id = ${sample.sampleId} AND class_id = ${label})`,
    isOnMenu: isLabel(label),
    isDecided: sql`EXISTS (SELECT 1 ${ofSample} AND status <> 'pending')`,
    isDuplicate: sql`EXISTS (SELECT 1 ${ofSample} AND (contributor = ${contributor} OR receipt = ${receipt}))`,
    ofSource: countPending(sql`contributor = ${contributor}`, MAX_PENDING_PER_SOURCE),
    // Names of a site start alike; "~" sorts after every digit that may follow.
    ofSite: countPending(sql`contributor >= ${site} AND contributor < ${`${site}~`}`, MAX_PENDING_PER_SITE),
    ofAll: countPending(sql`true`, MAX_PENDING_REVIEWS),
  };
}

function countPending(which: SQL, limit: number): SQL {
  return sql`(SELECT count(*) FROM (SELECT 1 FROM reviews WHERE status = 'pending' AND ${which} LIMIT ${limit}))`;
}

/** A row in the order of the table's columns, or none. */
function insertUnlessRefused(
  { sample, label, guess, preview, contributor, receipt, usefulness }: Correction,
  facts: QueueFacts,
  now: number,
): SQL {
  const { embedding, scale } = encodeEmbedding(sample.embedding);
  return sql`SELECT ${sample.sampleId}, ${label}, ${contributor}, ${sample.backboneId}, ${embedding}, ${scale}, ${preview},
      ${guess}, ${sample.origin}, ${usefulness} * ${SOURCE_HALF_LIFE} * 1.0 / (${SOURCE_HALF_LIFE} + of_source), 'pending', ${now}, NULL, NULL, NULL, ${receipt}, ${sample.place ?? null}
    FROM (SELECT ${facts.ofSource} AS of_source)
    WHERE of_source < ${MAX_PENDING_PER_SOURCE} AND ${facts.ofSite} < ${MAX_PENDING_PER_SITE}
      AND ${facts.ofAll} < ${MAX_PENDING_REVIEWS} AND NOT ${facts.isDuplicate}
      AND NOT ${facts.isDecided} AND NOT ${facts.isCounted} AND ${facts.isOnMenu}`;
}
