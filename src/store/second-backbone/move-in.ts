/**
 * The two backbones change places, in one transaction: the second one's embeddings become the examples', and the first one's wait beside
 * them for the way back. What the new one has not embedded is left behind with its label, what had been left behind before comes back. A
 * Worker goes on answering by the head of its own backbone throughout: both pointers move with their backbones.
 */
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { backboneMoved } from "../../shared/english/sums.ts";
import { type AuditEntry, noteAudit } from "../audit-log.ts";
import type { Database } from "../database.ts";
import { acquireLease, fence, isLeaseLost, releaseLease } from "../learning/lease.ts";
import { requestRebuild } from "../learning/rebuild.ts";
import { classDescriptions } from "../menu/descriptions.ts";
import { classSums, deployment, examples, gramParts, rebuild, statistics } from "../schema.ts";
import { leftExamples, type SecondSlot, secondEmbeddings, secondSlot } from "./second-slot.ts";

/** What `left_examples` keeps of an example, in the order of its columns. */
const KEPT = sql.raw(
  "sample_id, backbone_id, class_id, embedding, scale, source, contributor, origin, created_at, labelled_at, confirmed_at, labelled_by, place, purpose",
);

/**
 * Makes `slot` the backbone in use and `home` the second one. False, with nothing written, while training is at work, no
 * head of the second backbone can answer, or something must still be forgotten: then the next run tries again.
 */
export async function moveIn(
  db: Database,
  home: string,
  slot: SecondSlot,
  { actor, now, leaseMs }: { readonly actor: string; readonly now: number; readonly leaseMs: number },
): Promise<boolean> {
  if (!(await canMove(db, slot))) return false;
  const taken = await acquireLease(db, now, leaseMs);
  if ("heldUntil" in taken) return false;
  const { backboneId, name, dimension } = slot;
  const entry: AuditEntry = { at: now, actor, action: "backbone.move", detail: { name, from: slot.homeName } };
  try {
    await db.batch([
      fence(db, taken.lease, now + leaseMs),
      ...changeEmbeddings(db, home, backboneId),
      ...emptyStatistics(db, backboneId, dimension, now),
      db.update(deployment).set({
        liveHead: sql`${deployment.secondHead}`,
        secondHead: sql`${deployment.liveHead}`,
        secondBackbone: home,
      }),
      db.update(secondSlot).set({
        backboneId: home,
        name: slot.homeName,
        dimension: slot.homeDimension,
        homeName: name,
        homeDimension: dimension,
        movedAt: now,
        trainedWith: sql`(SELECT count(*) FROM second_embeddings)`,
      }),
      noteAudit(db, entry),
      releaseLease(db, taken.lease),
    ]);
    return true;
  } catch (error) {
    // -- a tombstone that appeared meanwhile cannot be left behind, and rolls the whole batch back
    if (isLeaseLost(error) || isTombstone(error)) {
      await releaseLease(db, taken.lease);
      return false;
    }
    await releaseLease(db, taken.lease).catch(() => undefined);
    throw error;
  }
}

async function canMove(db: Database, { backboneId }: SecondSlot): Promise<boolean> {
  const [[usable], [tombstone]] = await db.batch([
    db
      .select({ head: deployment.secondHead })
      .from(deployment)
      .where(
        and(
          eq(deployment.secondBackbone, backboneId),
          sql`EXISTS (SELECT 1 FROM heads WHERE version = ${deployment.secondHead} AND purged_at IS NULL)`,
        ),
      ),
    db.select({ photo: examples.sampleId }).from(examples).where(sql`${examples.classId} IS NULL`).limit(1),
  ]);
  return usable !== undefined && tombstone === undefined;
}

function changeEmbeddings(db: Database, home: string, next: string) {
  const isEmbedded = sql`EXISTS (SELECT 1 FROM second_embeddings AS it WHERE it.sample_id = examples.sample_id AND it.backbone_id = ${next})`;
  return [
    db.insert(leftExamples).select(sql`SELECT ${KEPT} FROM examples WHERE NOT ${isEmbedded}`).onConflictDoNothing(),
    db.delete(examples).where(sql`NOT ${isEmbedded}`),
    db
      .insert(secondEmbeddings)
      .select(sql`SELECT sample_id, backbone_id, embedding, scale FROM examples WHERE backbone_id = ${home}`),
    db
      .update(examples)
      .set({ backboneId: next, embedding: sql`it.embedding`, scale: sql`it.scale` })
      .from(sql`second_embeddings AS it`)
      .where(sql`it.sample_id = ${examples.sampleId} AND it.backbone_id = ${next}`),
    db.delete(secondEmbeddings).where(eq(secondEmbeddings.backboneId, next)),
    db
      .insert(examples)
      .select(
        sql`SELECT sample_id, backbone_id, class_id, NULL, embedding, scale, source, contributor, origin, created_at, labelled_at, confirmed_at,
            labelled_by, place, purpose, 0
          FROM left_examples WHERE backbone_id = ${next} AND EXISTS (SELECT 1 FROM classes WHERE id = class_id AND deleted_at IS NULL)`,
      )
      .onConflictDoNothing(),
  ];
}

/** Markers and counts stay; the sums are another backbone's, and the next run makes them of the markers. */
function emptyStatistics(db: Database, backboneId: string, dimension: number, now: number) {
  return [
    db.update(statistics).set({ version: sql`${statistics.version} + 1`, backboneId, dimension, createdAt: now }),
    db.delete(gramParts).where(isNotNull(gramParts.slot)),
    db.delete(classSums).where(eq(classSums.slot, "rebuild")),
    db.update(classSums).set({ sum: "" }),
    db.delete(rebuild),
    requestRebuild(db, backboneMoved(), now),
    db.delete(classDescriptions),
  ];
}

/** The error of a batch that met a label which was being forgotten: such a row has no class to be kept under. */
function isTombstone(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.message.includes("left_examples.class_id")) return true;
  }
  return false;
}
