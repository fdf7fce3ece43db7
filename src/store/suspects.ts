/**
 * Labels that leave-one-out doubts: found by the newest head, listed for staff, never changed by themselves. One that has
 * been relabelled, confirmed or forgotten since is no longer listed.
 */
import { and, inArray, isNull } from "drizzle-orm";
import { type Database, jsonList } from "./database.ts";
import { findHeadReport, findNewestHead } from "./heads.ts";
import { examples, type StoredDetails } from "./schema.ts";

export interface Suspects {
  /** The head that doubts, null while there is none. */
  readonly headVersion: number | null;
  /** Least probable label first. */
  readonly suspects: StoredDetails["suspects"];
}

export async function listSuspects(db: Database): Promise<Suspects> {
  const newest = await findNewestHead(db);
  const report = newest === null ? null : await findHeadReport(db, newest.version);
  const found = report?.ok ? (report.value.details?.suspects ?? []) : [];
  const rows = await db
    .select({ photo: examples.sampleId, label: examples.classId })
    .from(examples)
    .where(and(inArray(examples.sampleId, jsonList(found.map(({ photo }) => photo))), isNull(examples.confirmedAt)));
  const labels = new Map(rows.map(({ photo, label }) => [photo, label]));
  return {
    headVersion: newest?.version ?? null,
    suspects: found.filter(({ photo, given }) => labels.get(photo) === given),
  };
}
