/** The deployment at a glance, and how it does over time. */
import { z } from "zod";
import { DRIFT_CODES } from "../shared/drift.ts";
import { once } from "../shared/once.ts";
import { backboneId, count, says, score, time } from "./common.ts";
import { head } from "./head-schemas.ts";
import { json, needs, type Operations } from "./operation.ts";
import { recordedRun } from "./training.ts";

const answerSums = once(() => ({
  answers: count,
  unknownShare: score.nullable().meta({ description: "Null where there are no answers" }),
  meanEntropy: score.nullable().meta({
    description: "Of the scores' entropies over the logarithm of the number of items: 0 all in one, 1 all equal",
  }),
}));

const drift = once(() =>
  z
    .strictObject({
      days: z
        .array(z.strictObject({ date: z.iso.date(), ...answerSums() }))
        .meta({ description: "Days in UTC, today first, back to the first with answers, at most 35" }),
      baseline: z.strictObject({ days: count.meta({ description: "Days with answers" }), ...answerSums() }),
      warning: z.strictObject({ code: z.enum(DRIFT_CODES), text: z.string(), says }).nullable(),
    })
    .meta({ id: "Drift" }),
);

const overview = once(() =>
  z
    .strictObject({
      backbone: z.strictObject({ id: backboneId, name: z.string(), dimension: z.int().min(1) }),
      liveHead: head().nullable(),
      held: z.boolean().meta({ description: "New heads wait for an admin" }),
      rebuilding: z.boolean(),
      examples: count,
      pendingLabels: count,
      pendingReviews: count,
      webhooksEnded: count.meta({ description: "Webhooks that were given up: `gone` or `dead`" }),
      training: z.strictObject({
        atWork: z.enum(["run", "restore"]).nullable().meta({ description: "What holds the labels now" }),
        last: recordedRun().nullable(),
      }),
      backup: z
        .strictObject({
          madeAt: time.nullable().meta({ description: "When the newest whole one was made" }),
          failing: z.boolean().meta({ description: "None has been made since one failed, or for two days" }),
        })
        .nullable()
        .meta({ description: "Null where the deployment has no bucket for backups" }),
    })
    .meta({ id: "Overview" }),
);

/** The operations that show how the deployment does. */
export const overviewOperations = {
  readOverview: {
    route: "GET /v1/admin/overview",
    access: needs("review"),
    summary: "The deployment at a glance",
    answers: { 200: json("What runs, what is live and what waits", overview) },
    problems: ["backbone_unavailable"],
  },
  readDrift: {
    route: "GET /v1/admin/drift",
    access: needs("admin"),
    summary: "What the answers of the last days were like, and whether that has changed",
    description:
      "The last full days (one, or up to six until they have 100 answers) are compared with the 28 days before them: docs/operations.md.",
    answers: { 200: json("Answers of live heads per day", drift) },
    problems: [],
  },
  readMetrics: {
    route: "GET /v1/admin/metrics",
    access: needs("admin"),
    summary: "The deployment's figures for Prometheus",
    description: "Exposition format 0.0.4. What each metric is stands in its HELP line.",
    answers: { 200: { description: "The metrics", content: { "text/plain": z.string() } } },
    problems: [],
  },
} as const satisfies Operations;
