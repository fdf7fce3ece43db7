/** What it means to ask for a training, and to say which version answers. */
import type { Services } from "../services.ts";
import { photosMissing } from "../shared/english/versions.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { noteAudit } from "../store/audit-log.ts";
import { activateHead, pinHead } from "../store/heads/publish-head.ts";
import { countSecond, listMissing } from "../store/second-backbone/second-embeddings.ts";
import { markReady, readSecondSlot } from "../store/second-backbone/second-slot.ts";
import type { RunReport } from "../training/run.ts";
import type { Caller } from "./caller.ts";

/** Runs at once, and notes in the audit log who asked. */
export async function trainNow(
  { db, train, clock }: Services,
  { actor }: Pick<Caller, "actor">,
  { rebuild }: { readonly rebuild: boolean },
): Promise<RunReport> {
  const report = await train({ trigger: "admin", rebuild });
  const { outcome } = report;
  const entry = { at: clock(), actor, action: "training.run", detail: { rebuild, outcome } } as const;
  if (outcome !== "busy") await noteAudit(db, entry); // -- while a restore holds the lease the log is the file's alone
  return report;
}

/** Lets a version answer; with `hold`, whatever later trainings make. */
export async function activateVersion(
  { db, loadEmbedder, clock }: Services,
  { actor }: Pick<Caller, "actor">,
  version: number,
  hold: boolean,
): Promise<Result<{ readonly liveVersion: number; readonly held: boolean }, Problem>> {
  const { manifest } = await loadEmbedder();
  const activated = await activateHead(db, version, { backboneId: manifest.id, hold, actor, now: clock() });
  return activated.ok ? ok({ liveVersion: version, held: hold }) : activated;
}

/** Keeps a version from being deleted as an old one, or lets it go. */
export async function pinVersion(
  { db, clock }: Services,
  { actor }: Pick<Caller, "actor">,
  version: number,
  pinned: boolean,
): Promise<Result<{ readonly version: number; readonly pinned: boolean }, Problem>> {
  const done = await pinHead(db, version, pinned, actor, clock());
  return done.ok ? ok({ version, pinned }) : done;
}

/** Makes a head of the second backbone. Examples without an embedding have to be named in `leave`: they are left out. */
export async function trainSecond(
  services: Services,
  leave: "all" | readonly string[],
): Promise<Result<void, Problem>> {
  const { db, train, clock } = services;
  const missing = await countNotLeft(services, leave);
  if (missing > 0) return err(photosMissing({ missing }));
  const ready = await markReady(db, clock());
  if (ready.ok) await train({ trigger: "admin" });
  return ready;
}

/** How many examples lack an embedding and were not named. */
async function countNotLeft({ db }: Services, leave: "all" | readonly string[]): Promise<number> {
  const slot = await readSecondSlot(db);
  if (leave === "all" || slot === null) return 0;
  const named = new Set(leave);
  const found = await listMissing(db, slot.backboneId, leave.length + 1, "");
  const others = found.filter(({ photo }) => !named.has(photo)).length;
  return others === 0 ? 0 : (await countSecond(db, slot.backboneId)).missing - (found.length - others);
}
