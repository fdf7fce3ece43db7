/** Embeddings of two backbones are never mixed: the first stored label decides whose they are. */
import { labelsOfAnotherBackbone } from "../shared/english/versions.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Database } from "./database.ts";
import { examples } from "./schema.ts";

/** Refuses labels that another backbone embedded than those stored: `backbone_mismatch`. Reads at most one row. */
export async function requireSameBackbone(db: Database, backboneId: string): Promise<Result<void, Problem>> {
  const [stored] = await db.select({ backboneId: examples.backboneId }).from(examples).limit(1);
  if (stored === undefined || stored.backboneId === backboneId) return ok(undefined);
  return err(describeBackboneMismatch(stored.backboneId, backboneId));
}

/** Both arguments are backbone ids, of which the first 12 characters are shown. */
export function describeBackboneMismatch(stored: string, current: string): Problem {
  return labelsOfAnotherBackbone({ stored: stored.slice(0, 12), current: current.slice(0, 12) });
}
