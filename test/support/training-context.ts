/** A training context over made-up photos: plain arithmetic, a clock that ticks a millisecond per look. */
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import type { Database } from "../../src/store/database.ts";
import type { TrainingContext } from "../../src/training/context.ts";
import { RUN_LIMITS } from "../../src/training/policy.ts";
import { BACKBONE_ID, DIMENSION } from "./embedded-photos.ts";

export const NOW = 1_800_000_000_000;
export const LEASE_MS = 60_000;

const kernels = createPlainKernels();

export function trainingContext(db: Database, changes: Partial<TrainingContext> = {}, startsAt = NOW): TrainingContext {
  let time = startsAt;
  return {
    db,
    usage: { queries: 0, rowsRead: 0, rowsWritten: 0 },
    backboneId: BACKBONE_ID,
    dimension: DIMENSION,
    priorExponent: 0,
    unknownAlpha: 0.05,
    newItemsMayTake: 0.2,
    leaseMs: LEASE_MS,
    limits: RUN_LIMITS,
    publicTeaching: false,
    kernels,
    clock: () => time++,
    ...changes,
  };
}
