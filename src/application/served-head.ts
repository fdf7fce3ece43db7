/** The head that a request is answered by: the live one, or the version that it asks for. */

import type { Services } from "../services.ts";
import { liveOfAnotherBackbone } from "../shared/english/versions.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { type ServedHead, serveHead } from "../store/heads/head-cache.ts";
import { countLabels } from "../store/learning/pending-labels.ts";
import { listClasses } from "../store/menu/menu.ts";
import { isDescribed } from "../training/describe.ts";
import { explainMissingHead } from "../training/policy.ts";

/** The live head, or the version asked for; the menu is today's either way. */
export async function findServedHead(services: Services, version?: number): Promise<Result<ServedHead, Problem>> {
  const { db, readServedHead, loadEmbedder, clock } = services;
  const live = await readServedHead(db, clock());
  if (live === null) return err(await explain(services));
  const chosen =
    version === undefined || version === live.version ? ok(live) : await findPinnedHead(services, live, version);
  if (!chosen.ok) return chosen;
  const served = chosen.value;
  const { manifest } = await loadEmbedder();
  if (served.backboneId !== manifest.id) {
    return err(liveOfAnotherBackbone({ stored: served.backboneId.slice(0, 12), current: manifest.name }));
  }
  return ok(served);
}

async function findPinnedHead(
  { db, readServedHead, readPinnedHead, clock }: Services,
  live: ServedHead,
  version: number,
): Promise<Result<ServedHead, Problem>> {
  const pinned = await readPinnedHead(db, version, clock());
  if (!pinned.ok) return pinned;
  // A menu from before the head may lack an item that the head has learnt, and would leave it out of the answer.
  const menu = await readServedHead(db, clock(), pinned.value.knownSince);
  return ok(serveHead(version, pinned.value, menu ?? live));
}

async function explain({ db, loadEmbedder }: Services): Promise<Problem> {
  const goesByDescriptions = (await loadEmbedder()).modality === "text";
  const active = (await listClasses(db)).items.filter((item) => !item.archived);
  const known = active.filter((item) => item.examples > 0 || (goesByDescriptions && isDescribed(item)));
  const { pending } = await countLabels(db);
  return explainMissingHead({
    activeClasses: active.length,
    knownClasses: known.length,
    pendingLabels: pending,
    goByWords: goesByDescriptions,
  });
}
