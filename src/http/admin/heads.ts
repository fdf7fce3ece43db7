/** Versions of the head: list, look at one, compare two, make one live, keep one. */

import { type Context, Hono } from "hono";
import { z } from "zod";
import { noSuchVersion } from "../../shared/english/versions.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, type Result } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { findHeadReport, type HeadReport, type HeadSummary, listHeads, readLivePointer } from "../../store/heads.ts";
import { activateHead, pinHead } from "../../store/publish-head.ts";
import { compareHeads } from "../../training/compare-heads.ts";
import { compareVersions } from "../../training/judge-version.ts";
import type { AppEnv } from "../app-env.ts";
import { whenMissing } from "../field-faults.ts";
import { numberedPage, readPage } from "../page.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields, readJson, readOptionalJson } from "../request-body.ts";

const version = z.coerce.number({ error: "is not a head's number" }).int().positive();
/** The query of `GET /v1/admin/heads/compare`. */
export const compareSchema = z.strictObject({
  from: version.meta({ description: "A head's number" }),
  to: version.meta({ description: "Another one's" }),
});
/** With `hold` no later head goes live by itself. */
export const activateSchema = z.strictObject({ hold: z.boolean().default(false) });
/** A pinned head keeps its weights, however old it gets. */
export const pinSchema = z.strictObject({
  pinned: z.boolean({ error: whenMissing("true keeps the head, false lets it go") }),
});

/** Mounted at `/v1/admin/heads`. */
export const headRoutes = new Hono<AppEnv>()
  .get("/", async (c) => {
    const query = checkFields(c.req.query(), numberedPage);
    if (!query.ok) return respondProblem(c, query.error);
    const { db } = c.get("services");
    const [{ rows, next }, { liveHead, isHeld }] = await Promise.all([
      readPage(
        query.value,
        (after, limit) => listHeads(db, limit, after),
        (head) => head.version,
      ),
      readLivePointer(db),
    ]);
    const heads = rows.map((head) => toHeadBody(head, liveHead));
    return c.json({ heads, next, liveVersion: liveHead, held: isHeld });
  })
  .get("/compare", async (c) => {
    const query = checkFields(c.req.query(), compareSchema);
    if (!query.ok) return respondProblem(c, query.error);
    const { db } = c.get("services");
    const [from, to] = await Promise.all([findHeadReport(db, query.value.from), findHeadReport(db, query.value.to)]);
    if (!from.ok) return respondProblem(c, from.error);
    if (!to.ok) return respondProblem(c, to.error);
    const test = await compareVersions(db, from.value, to.value);
    return c.json({ ...compareHeads(from.value, to.value), test });
  })
  .get("/:version", async (c) => {
    const found = await readVersion(c);
    if (!found.ok) return respondProblem(c, found.error);
    const { liveHead } = await readLivePointer(c.get("services").db);
    const { replay, details } = found.value;
    return c.json({ ...toHeadBody(found.value, liveHead), replay, details });
  })
  .post("/:version/activate", async (c) => {
    const found = await readVersion(c);
    if (!found.ok) return respondProblem(c, found.error);
    const body = await readOptionalJson(c, activateSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, loadEmbedder, clock } = c.get("services");
    const { manifest } = await loadEmbedder();
    const order = { backboneId: manifest.id, hold: body.value.hold, actor: c.get("actor"), now: clock() };
    const activated = await activateHead(db, found.value.version, order);
    if (!activated.ok) return respondProblem(c, activated.error);
    return c.json({ liveVersion: found.value.version, held: body.value.hold });
  })
  .patch("/:version", async (c) => {
    const found = await readVersion(c);
    if (!found.ok) return respondProblem(c, found.error);
    const body = await readJson(c, pinSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const pinned = await pinHead(db, found.value.version, body.value.pinned, c.get("actor"), clock());
    if (!pinned.ok) return respondProblem(c, pinned.error);
    return c.json({ version: found.value.version, pinned: body.value.pinned });
  });

async function readVersion(c: Context<AppEnv>): Promise<Result<HeadReport, Problem>> {
  const parsed = version.safeParse(c.req.param("version"));
  if (!parsed.success) return err(noSuchVersion({ version: c.req.param("version") ?? "" }));
  return findHeadReport(c.get("services").db, parsed.data);
}

/** A head as the API shows it. */
export function toHeadBody(head: HeadSummary, liveVersion: number | null) {
  const { backboneId: _, archiveRevision: __, ...rest } = head;
  return {
    ...rest,
    createdAt: new Date(head.createdAt).toISOString(),
    labelsReadAt: new Date(head.labelsReadAt).toISOString(),
    pinnedAt: toIsoTime(head.pinnedAt),
    purgedAt: toIsoTime(head.purgedAt),
    live: head.version === liveVersion,
  };
}
