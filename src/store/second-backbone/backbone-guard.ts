/** Embeddings of two backbones are never mixed: the first stored label decides whose they are. */
import { eq } from "drizzle-orm";
import { labelsOfAnotherBackbone } from "../../shared/english/versions.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Database } from "../database.ts";
import { examples } from "../schema.ts";
import { secondSlot } from "./second-slot.ts";

/** Refuses labels that another backbone embedded than those stored: `backbone_mismatch`. Reads at most one row. */
export async function requireSameBackbone(db: Database, backboneId: string): Promise<Result<void, Problem>> {
  const [stored] = await db.select({ backboneId: examples.backboneId }).from(examples).limit(1);
  if (stored === undefined || stored.backboneId === backboneId) return ok(undefined);
  return err(describeBackboneMismatch(stored.backboneId, backboneId));
}

/** Whether this is the backbone beside the one in use: prepared for a change, or in use before. Reads at most one row. */
export async function isSecondBackbone(db: Database, backboneId: string): Promise<boolean> {
  const [known] = await db
    .select({ id: secondSlot.backboneId })
    .from(secondSlot)
    .where(eq(secondSlot.backboneId, backboneId));
  return known !== undefined;
}

/** True for the error of a label that arrived while the backbones changed places: a trigger keeps them from being mixed. */
export function isOfAnotherBackbone(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.message.includes("examples of another backbone")) return true;
  }
  return false;
}

/** Both arguments are backbone ids, of which the first 12 characters are shown. */
export function describeBackboneMismatch(stored: string, current: string): Problem {
  return labelsOfAnotherBackbone({ stored: stored.slice(0, 12), current: current.slice(0, 12) });
}
