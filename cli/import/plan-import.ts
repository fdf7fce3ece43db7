/**
 * What an import is going to do, photo by photo, before anything is sent: which are new, which are there, which people have
 * decided about since, and which cannot be used. A dry run ends here.
 */
import { readFile } from "node:fs/promises";
import { readImageHeader } from "../../src/image/header.ts";
import { sha256Of } from "../backbone/file-identity.ts";
import { reasonOf } from "../shared/command.ts";
import type { ApiClient } from "./api-client.ts";
import { explainSize } from "./batch-photos.ts";
import type { ImportSource, SourcePhoto } from "./import-source.ts";
import { type Draft, decide, draftItems, type ImportPlan, refuse, refuseContested } from "./plan-items.ts";

const MAX_KNOWN_PER_REQUEST = 500;

export interface PlanOptions {
  /** Look into the photos as far as the server would before it decodes them. */
  readonly isDry: boolean;
  /** Largest photo that the server takes. */
  readonly maxImageBytes: number;
}

/** Asks the server what it has. Throws `CommandError` when it cannot be asked. */
export async function planImport(
  source: ImportSource,
  client: ApiClient,
  { isDry, maxImageBytes }: PlanOptions,
): Promise<ImportPlan> {
  const menu = await client.listClasses();
  const { items, ...rest } = source;
  const check = isDry ? (bytes: Uint8Array<ArrayBuffer>) => findFault(bytes, maxImageBytes) : () => null;
  const drafts = draftItems(items, menu);
  for (const draft of drafts) await hashPhotos(draft, check);
  refuseContested(drafts, "photo");
  const labels = await findLabels(drafts, client);
  const nameOf = new Map(menu.map(({ id, name }) => [id, name]));
  return { ...rest, items: drafts.map((draft) => decide(draft, labels, nameOf)) };
}

async function hashPhotos(
  draft: Draft<SourcePhoto>,
  check: (bytes: Uint8Array<ArrayBuffer>) => string | null,
): Promise<void> {
  for (const photo of draft.samples) {
    try {
      const bytes = new Uint8Array(await readFile(photo.path));
      const fault = check(bytes);
      if (fault === null) draft.identified.push({ ...photo, photo: sha256Of(bytes) });
      else draft.refused.push(refuse(photo, fault));
    } catch (cause) {
      draft.refused.push(refuse(photo, `cannot be read: ${reasonOf(cause)}`));
    }
  }
}

function findFault(bytes: Uint8Array<ArrayBuffer>, maxImageBytes: number): string | null {
  const header = readImageHeader(bytes);
  return explainSize(bytes.length, maxImageBytes) ?? (header.ok ? null : header.error.detail);
}

async function findLabels(
  drafts: readonly Draft<SourcePhoto>[],
  client: ApiClient,
): Promise<Map<string, string | null>> {
  const photos = [...new Set(drafts.flatMap(({ identified }) => identified.map(({ photo }) => photo)))];
  const labels = new Map<string, string | null>();
  for (let first = 0; first < photos.length; first += MAX_KNOWN_PER_REQUEST) {
    const found = await client.findLabels(photos.slice(first, first + MAX_KNOWN_PER_REQUEST));
    for (const [photo, label] of found) labels.set(photo, label);
  }
  return labels;
}
