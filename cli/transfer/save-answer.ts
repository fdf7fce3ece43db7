/** Saves a file that a deployment sends: written beside its destination, looked at, and put in place when it is whole. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { readAnswer } from "../import/api-client.ts";
import { CommandError, EXIT, reasonOf } from "../shared/command.ts";
import { draftPath } from "../shared/replace.ts";
import type { TransferProgress } from "./show-progress.ts";

/** What a deployment sends is its owner's to read: embeddings, contributors, what was learnt. */
const OWNER_ONLY = 0o600;

/** Where from, and where to. */
export interface SavedAnswer<T> {
  readonly from: { readonly url: string; readonly key: string };
  readonly path: string;
  readonly file: string;
  readonly progress: TransferProgress;
  /** Looks at the whole file before it is put in place; what it throws leaves the old one there. */
  readonly check: (draft: string, response: Response) => Promise<T>;
}

/** Throws `CommandError` when the server refuses or the connection breaks; the file is then as it was. */
export async function saveAnswer<T>({ from, path, file, progress, check }: SavedAnswer<T>): Promise<T> {
  const draft = draftPath(file);
  try {
    const response = await open(from, path);
    const body = Readable.fromWeb(response.body as import("node:stream/web").ReadableStream); // -- a decoder: the same class, typed twice
    await pipeline(body, countBytes(progress), createWriteStream(draft, { mode: OWNER_ONLY, flags: "wx" })).catch(
      (cause: unknown) => {
        throw new CommandError(
          `The export broke off: ${reasonOf(cause)}. ${file} is as it was; try again.`,
          EXIT.unreachable,
        );
      },
    );
    const checked = await check(draft, response);
    await rename(draft, file);
    return checked;
  } finally {
    progress.stop();
    await rm(draft, { force: true });
  }
}

async function open({ url, key }: SavedAnswer<unknown>["from"], path: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${key}` };
  const response = await fetch(`${url}${path}`, { headers, redirect: "error" }).catch((cause: unknown) => {
    throw new CommandError(`${url} cannot be reached: ${reasonOf(cause)}.`, EXIT.unreachable);
  });
  if (!response.ok || response.body === null) await readAnswer(z.never(), path, response);
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
