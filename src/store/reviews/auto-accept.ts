/** Corrections that count without staff: SQL that keeps the rule's bounds whoever else writes meanwhile. */
import { and, count, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { NONE_ID } from "../../shared/none-label.ts";
import { type AuditEntry, noteAudit } from "../audit-log.ts";
import { type Database, jsonList } from "../database.ts";
import { keepPreviews } from "../pictures/pictures.ts";
import { examples, reviews } from "../schema.ts";

/** One picture whose label was agreed on. The correction of `contributor` to `photo` becomes the example. */
interface AgreedLabel {
  readonly photo: string;
  readonly contributor: string;
  readonly label: string;
  /** Samples of the same picture; what they say of it is settled as well. */
  readonly photos: readonly string[];
}

/** How many unreviewed examples each of these contributors has; those who have none are absent. */
export async function countUnreviewed(db: Database, contributors: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ contributor: examples.contributor, examples: count() })
    .from(examples)
    .where(and(inArray(examples.contributor, jsonList(contributors)), IS_UNREVIEWED))
    .groupBy(examples.contributor);
  return new Map(rows.map((row) => [row.contributor, row.examples]));
}

const IS_UNREVIEWED = and(eq(examples.source, sql`'auto'`), isNotNull(examples.classId), isNull(examples.confirmedAt));

/**
 * Makes them examples with the source `auto`, closes their corrections and notes it, in one transaction. Returns how many
 * became examples: one that staff have decided, labelled or archived meanwhile does not, and stays as they left it.
 */
export async function storeAgreedLabels(
  db: Database,
  agreed: readonly AgreedLabel[],
  { maxPerSource, keepsPictures }: { readonly maxPerSource: number; readonly keepsPictures: boolean },
  now: number,
): Promise<number> {
  const [first, ...rest] = agreed.map((label) => insertAgreedExample(db, label, maxPerSource, now));
  if (first === undefined) return 0;
  const closings = agreed.map((label) => closeAgreed(db, label, now));
  const entry: AuditEntry = {
    at: now,
    actor: "auto-accept",
    action: "reviews.accept",
    detail: { agreed: agreed.length },
  };
  const photos = agreed.map(({ photo }) => photo);
  const kept = keepsPictures ? [keepPreviews(db, "reviews", photos)] : []; // -- while the corrections have them
  const results = await db.batch([first, ...rest, ...kept, ...closings, noteAudit(db, entry)]);
  const inserted = results.slice(0, agreed.length);
  return inserted.filter((rows) => Array.isArray(rows) && rows.length > 0).length;
}

/** A sample that is an example already keeps its label: what staff said is never overruled by this. */
function insertAgreedExample(
  db: Database,
  { photo, label, contributor }: AgreedLabel,
  maxPerSource: number,
  now: number,
) {
  return db
    .insert(examples)
    .select(
      sql`SELECT sample_id, backbone_id, class_id, NULL, embedding, scale, 'auto', contributor, origin, ${now}, ${now}, NULL, NULL, place, 'learn', 0
        FROM reviews WHERE sample_id = ${photo} AND class_id = ${label} AND contributor = ${contributor}
          AND status = 'pending' AND origin = 'server'
          AND EXISTS (SELECT 1 FROM classes WHERE id = ${label} AND (archived_at IS NULL OR id = ${NONE_ID}) AND deleted_at IS NULL)
          AND (SELECT count(*) FROM examples WHERE ${examples.contributor} = ${contributor} AND ${IS_UNREVIEWED}) < ${maxPerSource}`,
    )
    .onConflictDoNothing()
    .returning({ sampleId: examples.sampleId });
}

/** Only where the example is there. */
function closeAgreed(db: Database, { photo, label, photos }: AgreedLabel, now: number) {
  return db
    .update(reviews)
    .set({ status: "accepted", decidedAt: now, embedding: null, scale: null, preview: null })
    .where(
      and(
        inArray(reviews.sampleId, jsonList(photos)),
        eq(reviews.classId, label),
        eq(reviews.status, sql`'pending'`),
        sql`EXISTS (SELECT 1 FROM examples AS it WHERE it.sample_id = ${photo} AND it.class_id = ${label} AND it.source = 'auto')`,
      ),
    )
    .returning({ sampleId: reviews.sampleId });
}
