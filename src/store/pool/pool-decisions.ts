/** What staff do with samples of the pool: label one, which makes it an example, or dismiss it. The first to decide counts. */
import { eq, type SQL, sql } from "drizzle-orm";
import { notInPool } from "../../shared/english/labels.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type AuditEntry, noteAuditOfChange, noteAuditWhere } from "../audit-log.ts";
import type { Database } from "../database.ts";
import { relabelKnown } from "../labels/labels.ts";
import { requireLabel } from "../menu/menu.ts";
import { explainOffMenu, isLabel } from "../menu/menu-guard.ts";
import { keepPreviews } from "../pictures/pictures.ts";
import { examples } from "../schema.ts";
import { requireSameBackbone } from "../second-backbone/backbone-guard.ts";
import { pooledSamples } from "./tables.ts";

/** The one who decides: the name under which labels are kept, and the name in the audit log. */
export interface PoolDecider {
  readonly contributor: string;
  readonly actor: string;
  /** Whether the copy that they saw is kept with the example. */
  readonly keepsPictures: boolean;
}

/**
 * Makes a pooled sample an example of the item that `label` names by its id, name or alias, and takes it out of the pool; returns the
 * label's id. Who sent the sample stays its contributor, so that it is forgotten with them; who labels it is `labelled_by`. Two queries and
 * one transaction. Errors, with nothing changed: `not_found`, `unknown_class`, `class_archived`, `backbone_mismatch`.
 */
export async function labelPooled(
  db: Database,
  photo: string,
  label: string,
  { contributor, actor, keepsPictures }: PoolDecider,
  now: number,
): Promise<Result<string, Problem>> {
  const item = await requireLabel(db, label);
  if (!item.ok) return item;
  const classId = item.value;
  const [pooled] = await db
    .select({ backboneId: pooledSamples.backboneId })
    .from(pooledSamples)
    .where(eq(pooledSamples.sampleId, photo));
  if (pooled === undefined) return err(notInPool());
  const same = await requireSameBackbone(db, pooled.backboneId);
  if (!same.ok) return same;
  const isPossible = sql`${isPooled(photo)} AND ${isLabel(classId)}`;
  const entry: AuditEntry = {
    at: now,
    actor,
    action: "examples.label",
    detail: { class: classId, photos: 1, source: "admin", pool: true },
  };
  const [noted] = await db.batch([
    noteAuditWhere(db, entry, isPossible),
    db
      .insert(examples)
      .select(
        sql`SELECT sample_id, backbone_id, ${classId}, NULL, embedding, scale, 'admin', contributor, 'server', ${now}, ${now}, NULL, nullif(${contributor}, contributor), place, 'learn', 0
          FROM pooled_samples WHERE sample_id = ${photo} AND ${isLabel(classId)}`,
      )
      .onConflictDoUpdate(relabelKnown(now, { contributor, authority: "staff" })),
    ...(keepsPictures ? [keepPreviews(db, "pooled_samples", [photo])] : []),
    db.delete(pooledSamples).where(sql`${pooledSamples.sampleId} = ${photo} AND ${isLabel(classId)}`),
  ]);
  if (noted.length > 0) return ok(classId);
  const [left] = await db.all<{ isLeft: number }>(sql`SELECT ${isPooled(photo)} AS isLeft`);
  return err(left.isLeft ? await explainOffMenu(db, classId) : notInPool());
}

/** Takes a sample out of the pool, labelled as nothing; sent again, it may come again. Error: `not_found`. */
export async function dismissPooled(
  db: Database,
  photo: string,
  actor: string,
  now: number,
): Promise<Result<void, Problem>> {
  const [gone] = await db.batch([
    db.delete(pooledSamples).where(eq(pooledSamples.sampleId, photo)).returning({ photo: pooledSamples.sampleId }),
    noteAuditOfChange(db, { at: now, actor, action: "pool.dismiss", detail: { photos: 1 } }),
  ]);
  return gone.length > 0 ? ok(undefined) : err(notInPool());
}

/** Takes everything out of the pool; returns how many samples went. */
export async function emptyPool(db: Database, actor: string, now: number): Promise<number> {
  const all = sql`(SELECT count(*) FROM pooled_samples)`;
  const isAny = sql`EXISTS (SELECT 1 FROM pooled_samples)`;
  const [[noted]] = await db.batch([
    noteAuditWhere(db, { at: now, actor, action: "pool.empty", detail: {} }, isAny, { photos: all }),
    db.delete(pooledSamples),
  ]);
  return noted === undefined ? 0 : JSON.parse(noted.detail).photos;
}

function isPooled(photo: string): SQL {
  return sql`EXISTS (SELECT 1 FROM pooled_samples WHERE sample_id = ${photo})`;
}
