/** Training runs. */
import { z } from "zod";
import { RECORDED_OUTCOMES } from "../shared/closed-lists.ts";
import { once } from "../shared/once.ts";
import { count, nextOf, numberedPage, says, time, version } from "./common.ts";
import { BODY_PROBLEMS, json, needs, type Operations, optionalJsonBody } from "./operation.ts";

/** With `rebuild` the run starts again from the stored labels. */
export const runSchema = z.strictObject({ rebuild: z.boolean().default(false) });

const runReport = once(() =>
  z
    .strictObject({
      outcome: z.enum([...RECORDED_OUTCOMES, "idle", "busy"]),
      headVersion: version.nullable(),
      absorbed: count,
      remaining: count,
      message: z.string(),
      says,
      durationMs: count,
    })
    .meta({ id: "RunReport" }),
);

/** The number of a row that is kept of what happened. */
export const rowId = once(() => z.int().min(1));

/** A training run, as lists show it. */
export const recordedRun = once(() =>
  z
    .strictObject({
      id: rowId(),
      startedAt: time,
      trigger: z.enum(["cron", "admin"]),
      outcome: z.enum(RECORDED_OUTCOMES),
      absorbed: count,
      remaining: count,
      headVersion: version.nullable(),
      message: z.string(),
      says,
      queries: count,
      rowsRead: count,
      rowsWritten: count,
      durationMs: count,
    })
    .meta({ id: "TrainingRun" }),
);

/** The operations on training runs. */
export const trainingOperations = {
  train: {
    route: "POST /v1/admin/training-runs",
    access: needs("admin"),
    repeats: "kept",
    summary: "Trains now",
    body: optionalJsonBody(runSchema),
    answers: {
      200: json("No head was published; the message says why", runReport),
      201: json("A new head is live", runReport),
    },
    problems: [...BODY_PROBLEMS, "backbone_unavailable"],
  },
  listTrainingRuns: {
    route: "GET /v1/admin/training-runs",
    access: needs("review"),
    isTagged: true,
    summary: "Training runs that did something or failed, newest first",
    query: numberedPage,
    answers: {
      200: json("A page", () =>
        z.strictObject({ runs: z.array(recordedRun()), next: nextOf(rowId()) }).meta({ id: "TrainingRuns" }),
      ),
    },
    problems: ["bad_request"],
  },
} as const satisfies Operations;
