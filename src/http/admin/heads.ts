/** Versions of the head: list, look at one, compare two, make one live, keep one. */

import type { Context } from "hono";
import { askedVersion, headOperations } from "../../operations/heads.ts";
import { noSuchVersion } from "../../shared/english/versions.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { findHeadReport, type HeadReport, type HeadSummary, listHeads, readLivePointer } from "../../store/heads.ts";
import { activateHead, pinHead } from "../../store/publish-head.ts";
import { compareHeads } from "../../training/compare-heads.ts";
import { compareVersions } from "../../training/judge-version.ts";
import type { AppEnv } from "../app-env.ts";
import { readPage } from "../page.ts";
import { serve, serveFound } from "../serve.ts";

/** Of `headOperations`. */
export const headHandlers = [
  serve(headOperations.listHeads, async (c, { query }) => {
    const { db } = c.get("services");
    const [{ rows, next }, { liveHead, isHeld }] = await Promise.all([
      readPage(
        query,
        (after, limit) => listHeads(db, limit, after),
        (head) => head.version,
      ),
      readLivePointer(db),
    ]);
    const heads = rows.map((head) => toHeadBody(head, liveHead));
    return ok({ heads, next, liveVersion: liveHead, held: isHeld });
  }),
  serve(headOperations.compareHeads, async (c, { query }) => {
    const { db } = c.get("services");
    const [from, to] = await Promise.all([findHeadReport(db, query.from), findHeadReport(db, query.to)]);
    if (!from.ok) return from;
    if (!to.ok) return to;
    const test = await compareVersions(db, from.value, to.value);
    return ok({ ...compareHeads(from.value, to.value), test });
  }),
  serve(headOperations.readHead, async (c) => {
    const found = await readVersion(c);
    if (!found.ok) return found;
    const { liveHead } = await readLivePointer(c.get("services").db);
    const { replay, details } = found.value;
    return ok({ ...toHeadBody(found.value, liveHead), replay, details });
  }),
  serveFound(headOperations.activateHead, readVersion, async (c, { body }, { version }) => {
    const { db, loadEmbedder, clock } = c.get("services");
    const { manifest } = await loadEmbedder();
    const order = { backboneId: manifest.id, hold: body.hold, actor: c.get("actor"), now: clock() };
    const activated = await activateHead(db, version, order);
    if (!activated.ok) return activated;
    return ok({ liveVersion: version, held: body.hold });
  }),
  serveFound(headOperations.pinHead, readVersion, async (c, { body }, { version }) => {
    const { db, clock } = c.get("services");
    const pinned = await pinHead(db, version, body.pinned, c.get("actor"), clock());
    if (!pinned.ok) return pinned;
    return ok({ version, pinned: body.pinned });
  }),
];

async function readVersion(c: Context<AppEnv>): Promise<Result<HeadReport, Problem>> {
  const parsed = askedVersion.safeParse(c.req.param("version"));
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
