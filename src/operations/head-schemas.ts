/** A version of the head as answers show it, and how well it does. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { classId, count, says, score, time, version } from "./common.ts";

const strangers = once(() =>
  z.strictObject({ marked: count, found: count.nullable() }).meta({
    description:
      'Photos marked "not on the menu" that it was shown, and how many of them it would have found without being shown them; null of one alone',
  }),
);

/** What people's labels say of a teacher's. */
export const teacherVerdict = once(() =>
  z
    .strictObject({
      labels: count,
      isAllowed: z.boolean(),
      judged: count,
      rightWithout: count,
      rightWith: count,
      tested: z.strictObject({ examples: count, rightWithout: count, rightWith: count }).optional().meta({
        description: "The same of the test set; absent where there is none, and in heads made before it was asked",
      }),
    })
    .meta({
      description:
        "Labels that a teacher gave, whether they count, and of the people's labels that judged them (each left out) those answered rightly without and with them",
    }),
);

const poolVerdict = once(() =>
  z.strictObject(teacherVerdict().shape).meta({
    description:
      "The surest of the head's own answers to what the pool keeps of moved places and of keys, whether they count, and the same of people's labels that judged them",
  }),
);

/** How well a version does on what it was taught. */
export const evaluation = once(() =>
  z
    .strictObject({
      examples: count,
      accuracy: score,
      macroF1: score,
      logLoss: z.number(),
      expectedCalibrationError: z.number(),
      fewPhotos: z.boolean().optional().meta({
        description: "Too few photos that differ from each other to say reliably what is unlike them",
      }),
      doubtBelow: score.nullable().optional().meta({
        description:
          "A label with at most this score is perhaps a mistake where the answer is another. Null where fewer than half of the mistakes would be found so",
      }),
      taughtAccuracy: score.optional().meta({
        description:
          "Accuracy on the same examples by the head that has seen them: far above `accuracy`, it has learnt by heart. Absent in heads made before this was measured",
      }),
      strangers: strangers().optional(),
      teacher: teacherVerdict().optional(),
      pool: poolVerdict().optional(),
    })
    .meta({ id: "Evaluation", description: "Leave-one-out estimates" }),
);

const tested = once(() =>
  z.strictObject({ examples: count, right: count, strangers: count, found: count }).meta({
    description:
      'On the examples that were set aside when it was made: of those of its items how many it answered right, of those "not on the menu" how many it found to be none of the items. Null where there were none, and in heads made before',
  }),
);

/** What is told of every version. */
export const headFields = once(() => ({
  version,
  statisticsVersion: count,
  classIds: z.array(classId),
  examples: count,
  rho: z.number().meta({ description: "Shrinkage of the covariance" }),
  temperature: z.number(),
  evaluation: evaluation().nullable(),
  tested: tested().nullable(),
  gate: z.strictObject({ passed: z.boolean(), reason: z.string(), says: says.optional() }).nullable(),
  parent: version.nullable().meta({ description: "The head that was live when this one was made" }),
  startedBy: z.enum(["cron", "admin"]),
  labelsReadAt: time.meta({ description: "Labels written later are not in it" }),
  labelsWaiting: count.meta({ description: "Earlier labels that are not in it either" }),
  rowsRead: count,
  rowsWritten: count,
  durationMs: count,
  createdAt: time,
  pinnedAt: time.nullable(),
  purgedAt: time.nullable().meta({ description: "When its weights were deleted" }),
  live: z.boolean(),
}));

/** A version without what only `GET /v1/admin/heads/{version}` tells. */
export const head = once(() => z.strictObject(headFields()).meta({ id: "Head" }));
