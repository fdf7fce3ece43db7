/** Heads and the runs that make them. */
import { Hono } from "hono";
import { findHead, type HeadSummary, listHeads, readLivePointer } from "../../store/heads.ts";
import { countLabels } from "../../store/labels.ts";
import { countPendingReviews } from "../../store/reviews.ts";
import { listTrainingRuns } from "../../store/training-runs.ts";
import type { AppEnv } from "../app-env.ts";

const PAGE_SIZE = 100;

export const trainingRoutes = new Hono<AppEnv>()
  .get("/overview", async (c) => {
    const { db, loadEmbedder } = c.get("services");
    const { manifest } = await loadEmbedder();
    const [pointer, labels, pendingReviews] = await Promise.all([
      readLivePointer(db),
      countLabels(db),
      countPendingReviews(db),
    ]);
    const live = pointer.liveHead === null ? null : await findHead(db, pointer.liveHead);
    return c.json({
      backbone: { id: manifest.id, name: manifest.name, dimension: manifest.output.dimension },
      liveHead: live === null ? null : toHeadBody(live, pointer.liveHead),
      examples: labels.examples,
      pendingLabels: labels.pending,
      pendingReviews,
    });
  })
  .get("/heads", async (c) => {
    const { db } = c.get("services");
    const [heads, { liveHead }] = await Promise.all([listHeads(db, PAGE_SIZE), readLivePointer(db)]);
    return c.json({ heads: heads.map((head) => toHeadBody(head, liveHead)), liveVersion: liveHead });
  })
  .get("/training-runs", async (c) => {
    const runs = await listTrainingRuns(c.get("services").db, PAGE_SIZE);
    return c.json({ runs: runs.map((run) => ({ ...run, startedAt: new Date(run.startedAt).toISOString() })) });
  })
  .post("/training-runs", async (c) => {
    const report = await c.get("services").train("admin");
    return c.json(report, report.outcome === "published" ? 201 : 200);
  });

function toHeadBody(head: HeadSummary, liveVersion: number | null) {
  const { version, classIds, examples, rho, temperature, evaluation, durationMs } = head;
  const createdAt = new Date(head.createdAt).toISOString();
  const live = version === liveVersion;
  return { version, createdAt, classIds, examples, rho, temperature, evaluation, durationMs, live };
}
