/** Finds photos on this machine by what they are known by: the SHA-256 of their bytes. Their names and folders may have changed. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { sha256Of } from "../backbone/file-identity.ts";
import { embedFile, listFiles, type PhotoReader } from "../evaluate/embed-photos.ts";
import { sortFile } from "../import/scan-folder.ts";
import type { FindSources, SampleSource } from "./sample-source.ts";

/** Those of the wanted photos that are in the folder or in folders within it. Throws `CommandError` if there is no such folder. */
export function photosIn(folder: string, reader: PhotoReader): FindSources {
  return async function findPhotos(missing) {
    const wanted = new Set(missing.map(({ photo }) => photo));
    const found = new Map<string, SampleSource>();
    for (const file of await listFiles(folder)) {
      if (found.size === wanted.size) break;
      const photo = await sortFile(folder, file);
      if (photo === null || "reason" in photo) continue;
      const place = path.join(folder, file);
      const id = sha256Of(await readFile(place));
      if (wanted.has(id)) found.set(id, { file, embed: async () => (await embedFile(place, reader)).embedding });
    }
    return found;
  };
}
