/** Saves a deployment's export: written beside its destination, checked as it comes, and put in place when it is whole. */
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { readAnswer } from "../import/api-client.ts";
import { CommandError, EXIT, reasonOf } from "../shared/command.ts";
import type { TransferProgress } from "./show-progress.ts";
import { type VerifiedExport, verifyExport } from "./verify-export.ts";

/** An export holds embeddings and contributors: it is its owner's to read. */
const OWNER_ONLY = 0o600;
const PATH = "/v1/admin/export";

/** Throws `CommandError` when the server refuses or the connection breaks; the file is then as it was. */
export async function exportToFile(
  { url, key }: { readonly url: string; readonly key: string },
  file: string,
  progress: TransferProgress,
): Promise<VerifiedExport> {
  const draft = `${file}.${randomBytes(6).toString("hex")}.draft`;
  try {
    const response = await open(url, key);
    const body = Readable.fromWeb(response.body as import("node:stream/web").ReadableStream); // -- a decoder: the same class, typed twice
    await pipeline(body, countBytes(progress), createWriteStream(draft, { mode: OWNER_ONLY, flags: "wx" })).catch(
      (cause: unknown) => {
        throw new CommandError(
          `The export broke off: ${reasonOf(cause)}. ${file} is as it was; try again.`,
          EXIT.unreachable,
        );
      },
    );
    const verified = await verifyExport(draft);
    await rename(draft, file);
    return verified;
  } finally {
    progress.stop();
    await rm(draft, { force: true });
  }
}

async function open(url: string, key: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${key}` };
  const response = await fetch(`${url}${PATH}`, { headers, redirect: "error" }).catch((cause: unknown) => {
    throw new CommandError(`${url} cannot be reached: ${reasonOf(cause)}.`, EXIT.unreachable);
  });
  if (!response.ok || response.body === null) await readAnswer(z.never(), PATH, response);
  return response;
}

function countBytes(progress: TransferProgress) {
  progress.start();
  return async function* count(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      progress.advance(chunk.length);
      yield chunk;
    }
  };
}
