/** Fetches the photos that a list names by their addresses, into a folder that the import throws away. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { sha256Of } from "../backbone/file-identity.ts";
import { reasonOf } from "../shared/command.ts";
import type { Located } from "./locate-photo.ts";

const DOWNLOAD_TIMEOUT_MS = 60_000;
const MAX_DOWNLOAD_BYTES = 50_000_000;

export function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** `downloads`: where to; null when none is allowed. */
export async function downloadPhoto(address: string, downloads: string | null): Promise<Located> {
  if (downloads === null) return { reason: "is an address; --allow-urls fetches it" };
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
    if (!response.ok || response.body === null) return { reason: `the server answers ${response.status}` };
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > MAX_DOWNLOAD_BYTES) return { reason: `is larger than ${MAX_DOWNLOAD_BYTES / 1e6} MB` };
      chunks.push(chunk);
    }
    const file = path.join(downloads, sha256Of(new TextEncoder().encode(address)));
    await writeFile(file, Buffer.concat(chunks));
    return { path: file };
  } catch (cause) {
    return { reason: `cannot be fetched: ${reasonOf(cause)}` };
  }
}
