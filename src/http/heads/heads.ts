/** Versions of the head: list, look at one, compare two, make one live, keep one. */
import { activateVersion, pinVersion } from "../../application/train.ts";
import { askedVersion, headOperations } from "../../operations/heads.ts";
import type { Services } from "../../services.ts";
import { noSuchVersion } from "../../shared/english/versions.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import {
  findHeadReport,
  type HeadReport,
  type HeadSummary,
  listHeads,
  readLivePointer,
} from "../../store/heads/heads.ts";
import { compareHeads, compareVersions } from "../../training/compare.ts";
import { callerOf } from "../access/caller.ts";
import { readPage, serve, serveFound } from "../serve.ts";

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
  serve(headOperations.readHead, async (c, { params }) => {
    const services = c.get("services");
    const found = await readVersion(services, params);
    if (!found.ok) return found;
    const { liveHead } = await readLivePointer(services.db);
    const { replay, details } = found.value;
    return ok({ ...toHeadBody(found.value, liveHead), replay, details });
  }),
  serveFound(headOperations.activateHead, readVersion, (c, { body }, { version }) =>
    activateVersion(c.get("services"), callerOf(c), version, body.hold),
  ),
  serveFound(headOperations.pinHead, readVersion, (c, { body }, { version }) =>
    pinVersion(c.get("services"), callerOf(c), version, body.pinned),
  ),
];

async function readVersion(
  { db }: Services,
  { version }: { readonly version?: string },
): Promise<Result<HeadReport, Problem>> {
  const parsed = askedVersion.safeParse(version);
  return parsed.success ? findHeadReport(db, parsed.data) : err(noSuchVersion({ version: version ?? "" }));
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
