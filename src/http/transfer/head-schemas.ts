/** The columns of a head in an import that hold more than a number: figures, gate, replay, scorecard and details. */
import { z } from "zod";
import { storedFields } from "../../operations/class-fields.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import { MAX_COUNT } from "../../shared/transfer-format.ts";

const says = z.array(
  z.strictObject({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
);

const id = storedFields.id;
const photo = z.string().regex(/^[0-9a-f]{64}$/);
const share = z.number().min(0).max(1);
const count = z.number().int().min(0).max(MAX_COUNT);
/** Without shrinkage a covariance of few photos cannot be inverted, and the next fit starts from here. */
const MIN_RHO = 1e-6;
/** A log-loss: of one photo, or the mean of many. */
const loss = z.number().min(0).max(1e6);

const evaluation = z.looseObject({
  examples: count,
  accuracy: share,
  macroF1: share,
  logLoss: loss,
  expectedCalibrationError: share,
  fewPhotos: z.boolean().optional(),
  doubtBelow: share.nullable().optional(),
  taughtAccuracy: share.optional(),
  strangers: z.looseObject({ marked: count, found: count.nullable() }).optional(),
});
const replay = z.looseObject({
  replayed: count,
  changed: count,
  changes: z.array(z.looseObject({ photo: z.string(), from: z.string(), to: z.string() })),
});
const details = z.looseObject({
  perClass: z.array(
    z.looseObject({
      classId: id,
      examples: count,
      precision: share,
      recall: share,
      recallBefore: share.optional(),
      curve: z.array(z.tuple([count, share])).optional(),
    }),
  ),
  confusions: z.array(z.looseObject({ given: id, answered: id, examples: count })),
  suspects: z.array(
    z.looseObject({
      photo,
      given: id,
      suggested: z.union([id, z.literal(NONE_ID)]),
      givenProbability: share,
      suggestedProbability: share,
    }),
  ),
});

/** By column; what later versions add to the objects is kept. */
export const headColumns = {
  version: count.min(1),
  statisticsVersion: count,
  archiveRevision: count,
  classIds: z.array(id).min(1),
  rho: z.number().min(MIN_RHO).max(1e6),
  temperature: z.number().min(1e-6).max(1e6),
  startedBy: z.enum(["cron", "admin"]),
  parent: count.nullable(),
  evaluation: evaluation.nullable(),
  gate: z.looseObject({ passed: z.boolean(), reason: z.string(), says: says.optional() }).nullable(),
  replay: replay.nullable(),
  scorecard: z.array(z.tuple([z.string().max(64), loss, z.union([z.literal(0), z.literal(1)])])).nullable(),
  details: details.nullable(),
  /** Files from before they were counted have none. */
  classCounts: z.array(count).nullable().default(null),
  tested: z.looseObject({ examples: count, right: count, strangers: count, found: count }).nullable(),
  /** Like `classCounts`. */
  mistakes: z
    .array(z.tuple([photo, count, count, share, share]))
    .nullable()
    .default(null),
};
