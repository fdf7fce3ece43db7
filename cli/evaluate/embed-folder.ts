/** Embeds a folder of photos, one subfolder per class, and measures what a photo costs. */
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { toNameKey } from "../../src/shared/item-names.ts";
import { sha256Of } from "../backbone/file-identity.ts";
import type { LeftOut, SourcePhoto } from "../import/import-source.ts";
import { scanFolder } from "../import/scan-folder.ts";
import { CommandError } from "../shared/command.ts";
import { embedFile, type PhotoReader } from "./embed-photos.ts";

export interface EmbedFolderOptions extends PhotoReader {
  /** At most so many photos of each class. */
  readonly shots?: number | undefined;
  /** Chooses which. */
  readonly seed: number;
}

export interface EmbeddedFolder {
  readonly rows: readonly LabelledEmbedding[];
  readonly refused: readonly LeftOut[];
  /** Wall time per photo of decoding and preprocessing, and of the backbone, in ms, for the usable photos. */
  readonly decodeMs: readonly number[];
  readonly embedMs: readonly number[];
}

/**
 * Photos come in an order that `seed` fixes. Refused photos are replaced by others while there are any. Throws
 * `CommandError` for a folder without subfolders.
 */
export async function embedFolder(folder: string, options: EmbedFolderOptions): Promise<EmbeddedFolder> {
  const { items, refused: unread } = await scanFolder(folder);
  if (items.length === 0) {
    throw new CommandError(
      `${folder} has no subfolders. Make one folder per item, named like the item, with its photos.`,
    );
  }
  const rows: LabelledEmbedding[] = [];
  const refused: LeftOut[] = [...unread, ...items.flatMap((item) => item.refused)];
  const [decodeMs, embedMs]: [number[], number[]] = [[], []];
  for (const { name, photos } of items) {
    let taken = 0;
    for (const { file, path } of shuffle(photos, options.seed)) {
      if (taken === options.shots) break;
      const { embedding, ...times } = await embedFile(path, options);
      if (!embedding.ok) {
        refused.push({ file, reason: embedding.error.detail });
        continue;
      }
      rows.push({ classId: toNameKey(name), embedding: embedding.value });
      decodeMs.push(times.decodeMs);
      embedMs.push(times.embedMs);
      taken += 1;
    }
  }
  return { rows, refused, decodeMs, embedMs };
}

/** The order of the hashes of seed and name: the same on every machine, and no generator to keep. */
function shuffle(photos: readonly SourcePhoto[], seed: number): SourcePhoto[] {
  const keyed = photos.map((photo) => ({ photo, key: sha256Of(Buffer.from(`${seed}/${photo.file}`)) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ photo }) => photo);
}
