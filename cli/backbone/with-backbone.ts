/** A backbone for the time of one command: what is in place stays there. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureBackbone, projectPlaces } from "./ensure-backbone.ts";
import type { PlacedBackbone } from "./placed-backbone.ts";
import { useBackbone } from "./use-backbone.ts";

/** The backbone in place, or another one that is only looked at. */
export async function withBackbone<T>(
  wanted: string | undefined,
  work: (placed: PlacedBackbone) => Promise<T>,
): Promise<T> {
  if (wanted === undefined) return work(await ensureBackbone());
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-backbone-"));
  try {
    return await work(await useBackbone(wanted, { ...projectPlaces(), activeDir: path.join(folder, "active") }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
