/** The API's answers as far as the commands use them (docs/api.md). What is not named here passes through to --json. */
import { z } from "zod";
import type { backupOperations } from "../../src/operations/backups.ts";
import type { classOperations } from "../../src/operations/classes.ts";
import type { Classified, ClassifiedList } from "../../src/operations/classification.ts";
import type { headOperations } from "../../src/operations/heads.ts";
import type { accessOperations } from "../../src/operations/keys.ts";
import type { overviewOperations } from "../../src/operations/overview.ts";
import type { poolOperations } from "../../src/operations/pool.ts";
import type { reviewOperations } from "../../src/operations/reviews.ts";
import type { testOperations } from "../../src/operations/test-set.ts";
import type { trainingOperations } from "../../src/operations/training.ts";
import { answerLike, answerOf } from "./answer-of.ts";

export const nothingSchema = z.null();

export const identitySchema = answerOf<typeof accessOperations.readIdentity>()(
  z.looseObject({ role: z.string(), actor: z.string() }),
);

const speakingSchema = z.looseObject({
  photo: z.string(),
  label: z.string(),
  source: z.string(),
  labelledAt: z.string(),
  contribution: z.number(),
});
export type SpeakingPhoto = z.infer<typeof speakingSchema>;
const explanationSchema = z.looseObject({
  answer: z.string(),
  rival: z.string(),
  for: z.array(speakingSchema),
  against: z.array(speakingSchema),
  weighed: z.number(),
  learned: z.number(),
  capped: z.boolean(),
  current: z.boolean(),
});
export type Explanation = z.infer<typeof explanationSchema>;

export const answerSchema = answerLike<Classified>()(
  z.looseObject({
    predictions: z.array(
      z.looseObject({
        label: z.string(),
        name: z.string(),
        score: z.number(),
        byDescription: z.literal(true).optional(),
      }),
    ),
    unknown: z.boolean(),
    undecided: z.boolean().optional(),
    strangeness: z.number().nullable().optional(),
    headVersion: z.number(),
    photos: z.number().optional(),
    explanation: explanationSchema.nullable().optional(),
  }),
);
export type Answer = z.infer<typeof answerSchema>;
/** Of a list, each in its place. */
export const answersSchema = answerLike<ClassifiedList>()(
  z.looseObject({
    results: z.array(
      z.union([
        z.object({ answer: answerSchema }),
        z.object({ problem: z.looseObject({ code: z.string(), detail: z.string() }) }),
      ]),
    ),
  }),
);
/** What became of one of them. */
export type AnswerRow = z.infer<typeof answersSchema>["results"][number];

export const itemSchema = answerOf<typeof classOperations.changeClass>()(
  z.looseObject({
    id: z.string(),
    name: z.string(),
    examples: z.number(),
    archived: z.boolean(),
    mergedInto: z.string().nullable(),
    byDescription: z.boolean().optional(),
    aliases: z.array(z.string()).optional(),
  }),
);
export type Item = z.infer<typeof itemSchema>;
export const itemsSchema = answerOf<typeof classOperations.listClasses>()(
  z.looseObject({
    classes: z.array(itemSchema),
    none: z.object({ label: z.string(), examples: z.number() }).optional(),
  }),
);
export const orderSchema = answerOf<typeof classOperations.orderClasses>()(z.object({ ids: z.array(z.string()) }));
export const forgottenSchema = answerOf<typeof classOperations.deleteClass>()(
  z.looseObject({ forgotten: z.object({ examples: z.number(), reviews: z.number() }) }),
);

const judgedLabelsSchema = z.looseObject({
  labels: z.number(),
  isAllowed: z.boolean(),
  judged: z.number(),
  rightWithout: z.number(),
  rightWith: z.number(),
});
export type JudgedLabels = z.infer<typeof judgedLabelsSchema>;
const evaluationSchema = z.looseObject({
  accuracy: z.number(),
  examples: z.number(),
  logLoss: z.number(),
  taughtAccuracy: z.number().optional(),
  teacher: judgedLabelsSchema.optional(),
  pool: judgedLabelsSchema.optional(),
});
export const headSchema = z.looseObject({
  version: z.number(),
  createdAt: z.string(),
  classIds: z.array(z.string()),
  examples: z.number(),
  evaluation: evaluationSchema.nullable(),
  tested: z.looseObject({ examples: z.number(), right: z.number() }).nullish(),
  gate: z.object({ passed: z.boolean(), reason: z.string() }).nullable(),
  pinnedAt: z.string().nullable(),
  purgedAt: z.string().nullable(),
  live: z.boolean(),
});
export type Head = z.infer<typeof headSchema>;
export const headsSchema = answerOf<typeof headOperations.listHeads>()(
  z.looseObject({
    heads: z.array(headSchema),
    next: z.number().nullable(),
    liveVersion: z.number().nullable(),
    held: z.boolean(),
  }),
);
const perClassSchema = z.looseObject({
  classId: z.string(),
  examples: z.number(),
  precision: z.number(),
  recall: z.number(),
});
export const headReportSchema = answerOf<typeof headOperations.readHead>()(
  headSchema.extend({
    replay: z.looseObject({ replayed: z.number(), changed: z.number() }).nullable(),
    details: z.looseObject({ perClass: z.array(perClassSchema) }).nullable(),
  }),
);
export const comparisonSchema = answerOf<typeof headOperations.compareHeads>()(
  z.looseObject({
    from: z.number(),
    to: z.number(),
    evaluationFrom: evaluationSchema.nullable(),
    evaluationTo: evaluationSchema.nullable(),
    addedClasses: z.array(z.string()),
    removedClasses: z.array(z.string()),
    changedClasses: z.array(
      z.object({ classId: z.string(), recallFrom: z.number().nullable(), recallTo: z.number().nullable() }),
    ),
    test: z.looseObject({ examples: z.number(), rightFrom: z.number(), rightTo: z.number() }).nullish(),
  }),
);
export const testSetSchema = answerOf<typeof testOperations.judgeOnTestSet>()(
  z.looseObject({
    examples: z.number(),
    classes: z.array(z.looseObject({ classId: z.string(), examples: z.number() })),
    headVersion: z.number().nullable(),
    judgement: z
      .looseObject({
        examples: z.number(),
        right: z.number(),
        strangers: z.number(),
        found: z.number(),
        learnt: z.number(),
        interval: z.object({ low: z.number(), high: z.number() }),
        perClass: z.array(z.looseObject({ classId: z.string(), examples: z.number(), right: z.number() })),
        confusions: z.array(z.looseObject({ given: z.string(), answered: z.string(), examples: z.number() })),
      })
      .nullable(),
  }),
);
export type TestSet = z.infer<typeof testSetSchema>;
export const testChangeSchema = answerOf<typeof testOperations.changeTestSet>()(
  z.looseObject({
    setAside: z.number(),
    returned: z.number(),
    next: z.string().nullable(),
  }),
);
export const activationSchema = answerOf<typeof headOperations.activateHead>()(
  z.looseObject({ liveVersion: z.number(), held: z.boolean() }),
);
export const pinSchema = answerOf<typeof headOperations.pinHead>()(
  z.looseObject({ version: z.number(), pinned: z.boolean() }),
);

export const runSchema = answerOf<typeof trainingOperations.train>()(
  z.looseObject({
    outcome: z.string(),
    headVersion: z.number().nullable(),
    absorbed: z.number(),
    remaining: z.number(),
    message: z.string().nullable(),
  }),
);
export type Run = z.infer<typeof runSchema>;

export const reviewGroupSchema = z.looseObject({
  photo: z.string(),
  text: z.string().nullable().optional(),
  guess: z.string().nullable(),
  sources: z.number(),
  proposals: z.array(z.looseObject({ label: z.string(), name: z.string(), sources: z.number() })),
  conflicts: z.array(z.string()),
  answers: z.array(z.looseObject({ label: z.string(), score: z.number() })),
  members: z.array(z.looseObject({ photo: z.string(), label: z.string() })),
});
export type ReviewGroup = z.infer<typeof reviewGroupSchema>;
export const reviewsSchema = answerOf<typeof reviewOperations.listReviews>()(
  z.looseObject({ groups: z.array(reviewGroupSchema), pending: z.number() }),
);
export const decisionsSchema = answerOf<typeof reviewOperations.decideReviews>()(
  z.looseObject({
    done: z.number(),
    refused: z.number(),
    results: z.array(
      z.looseObject({
        photo: z.string(),
        label: z.string(),
        status: z.string(),
        problem: z.looseObject({ detail: z.string() }).optional(),
      }),
    ),
  }),
);
export const skippedSchema = answerOf<typeof reviewOperations.skipReviews>()(z.looseObject({ skipped: z.number() }));

const pooledSchema = z.looseObject({
  photo: z.string(),
  text: z.string().nullable(),
  reason: z.string(),
  seenAt: z.string(),
  answers: z.array(z.looseObject({ label: z.string(), score: z.number() })),
});
export type PooledSample = z.infer<typeof pooledSchema>;
export const poolSchema = answerOf<typeof poolOperations.listPool>()(
  z.looseObject({ open: z.boolean(), pooled: z.number(), samples: z.array(pooledSchema) }),
);
export const pooledLabelSchema = answerOf<typeof poolOperations.labelPooled>()(
  z.looseObject({ photo: z.string(), label: z.string() }),
);
export const poolEmptiedSchema = answerOf<typeof poolOperations.emptyPool>()(z.looseObject({ dropped: z.number() }));

export const keySchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  place: z.string().nullish(),
});
export const keysSchema = answerOf<typeof accessOperations.listKeys>()(z.looseObject({ keys: z.array(keySchema) }));
export const newKeySchema = answerOf<typeof accessOperations.makeKey>()(keySchema.extend({ secret: z.string() }));

const backupSchema = z.looseObject({
  name: z.string(),
  madeAt: z.string(),
  bytes: z.number(),
  rows: z.number(),
  sha256: z.string(),
});
export type Backup = z.infer<typeof backupSchema>;
export const backupsSchema = answerOf<typeof backupOperations.listBackups>()(
  z.looseObject({
    bucket: z.boolean(),
    backups: z.array(backupSchema),
    failing: z.boolean(),
    failure: z.looseObject({ at: z.string(), reason: z.string() }).nullable(),
    kept: z.looseObject({ days: z.number(), weeks: z.number() }),
  }),
);
export type Backups = z.infer<typeof backupsSchema>;
export const madeBackupSchema = answerOf<typeof backupOperations.makeBackup>()(
  z.looseObject({
    outcome: z.string(),
    backup: backupSchema.nullable(),
    reason: z.string().nullable(),
  }),
);

export const overviewSchema = answerOf<typeof overviewOperations.readOverview>()(
  z.looseObject({
    backbone: z.looseObject({ id: z.string(), name: z.string() }),
    pendingLabels: z.number(),
    pendingReviews: z.number(),
  }),
);
