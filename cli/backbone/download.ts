/** Fetches a model file over HTTPS with a size limit and a time limit. Plain HTTP is for this machine only (tests). */
import { CommandError, reasonOf } from "../shared/command.ts";

/** Room for a classifier before its last layer is cut off. */
const MAX_DOWNLOAD_BYTES = 100_000_000;
const DOWNLOAD_TIMEOUT_MS = 300_000;
const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Downloads `url` into memory. Throws `CommandError` with the reason. */
export async function downloadModel(url: string): Promise<Uint8Array> {
  const bytes = await downloadIfThere(url);
  if (bytes === null) throw new CommandError(`${url} answered 404 Not Found.`);
  return bytes;
}

/** The same; null where the address answers 404. */
export async function downloadIfThere(url: string): Promise<Uint8Array | null> {
  requireSafe(url);
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) }).catch((cause: unknown) => {
    const reason = cause instanceof Error && cause.cause !== undefined ? reasonOf(cause.cause) : reasonOf(cause);
    throw new CommandError(`${url} cannot be downloaded: ${reason}. Check the address and the network.`);
  });
  requireSafe(response.url); // after redirects
  if (response.status === 404) return null;
  if (!response.ok) throw new CommandError(`${url} answered ${response.status} ${response.statusText}.`);
  if (Number(response.headers.get("content-length")) > MAX_DOWNLOAD_BYTES) throw tooBig(url);
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const chunk of response.body ?? []) {
      total += chunk.length;
      if (total > MAX_DOWNLOAD_BYTES) throw tooBig(url);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(`The download of ${url} broke off after ${total} bytes. Run the command again.`);
  }
  return Buffer.concat(chunks);
}

function requireSafe(text: string): void {
  const url = URL.parse(text);
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname));
  if (!isSafe) throw new CommandError(`${text} is not an https address; models are downloaded over https only.`);
}

function tooBig(url: string): CommandError {
  return new CommandError(
    `${url} is larger than ${MAX_DOWNLOAD_BYTES / 1e6} MB; a Worker cannot hold such a backbone.`,
  );
}
