/**
 * Sends an export to a deployment, batch by batch. Safe to break off and to run again: the server knows every row by its
 * primary key, and a restore by the file's SHA-256.
 */
import { z } from "zod";
import type { transferOperations } from "../../src/operations/transfer.ts";
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, NDJSON_TYPE } from "../../src/shared/transfer-format.ts";
import { answerOf } from "../headstart/answer-of.ts";
import type { Call } from "../import/api-client.ts";
import { readLines } from "./read-lines.ts";
import type { TransferProgress } from "./show-progress.ts";
import { verifyExport } from "./verify-export.ts";

const OUTCOMES = ["stored", "present", "replaced", "kept", "leftOut", "refused"] as const;
const rowSchema = z.object({ line: z.number(), kind: z.string(), outcome: z.string(), reason: z.string().optional() });
const answerSchema = answerOf<typeof transferOperations.importDeployment>()(
  z.object({
    mode: z.enum(["restore", "merge"]),
    done: z.boolean(),
    counts: z.record(z.enum(OUTCOMES), z.number()),
    rows: z.array(rowSchema),
    returning: z.object({ examples: z.number(), reviews: z.number() }),
  }),
);
/** Rows that the report lists; a hostile file can have millions that are refused. */
const MAX_LISTED_ROWS = 1_000;

/** What a merge would bring back: labelled photos and waiting corrections that were forgotten here, or never were here. */
export type Returning = z.infer<typeof answerSchema>["returning"];

export interface RestoreReport {
  readonly mode: "restore" | "merge";
  readonly counts: Record<(typeof OUTCOMES)[number], number>;
  /** Those that ours was kept for, and those refused, by their lines. */
  readonly rows: z.infer<typeof rowSchema>[];
  readonly bytes: number;
  readonly seconds: number;
}

/** Whether the file restores an empty deployment or joins what is there, and which side wins where they differ. */
export interface RestoreWish {
  readonly mode: "restore" | "merge";
  readonly prefer: "ours" | "file";
}

interface Batch {
  readonly lines: readonly Buffer[];
  /** Line of the first one in the file. */
  readonly line: number;
}

/** Verifies the file, then sends it. Throws `CommandError` or `ApiError`; what was sent before stays and is skipped next time. */
export async function restoreFile(
  file: string,
  call: Call,
  { prefer, mode }: RestoreWish,
  progress: TransferProgress,
): Promise<RestoreReport> {
  const startedAt = performance.now();
  const { sha256, bytes } = await verifyExport(file);
  const counts = { stored: 0, present: 0, replaced: 0, kept: 0, leftOut: 0, refused: 0 };
  const rows: RestoreReport["rows"] = [];
  progress.start(bytes);
  try {
    for await (const { answer, sent } of sendBatches(file, call, { file: sha256, prefer, mode })) {
      for (const outcome of OUTCOMES) counts[outcome] += answer.counts[outcome];
      rows.push(...answer.rows.slice(0, MAX_LISTED_ROWS - rows.length));
      progress.advance(sent);
    }
  } finally {
    progress.stop();
  }
  return { mode, counts, rows, bytes, seconds: (performance.now() - startedAt) / 1_000 };
}

/** Verifies the file and asks what merging it would bring back; nothing is stored. */
export async function previewMerge(file: string, call: Call, prefer: RestoreWish["prefer"]): Promise<Returning> {
  const { sha256 } = await verifyExport(file);
  const total = { examples: 0, reviews: 0 };
  for await (const { answer } of sendBatches(file, call, { file: sha256, prefer, mode: "merge", dryRun: "true" })) {
    total.examples += answer.returning.examples;
    total.reviews += answer.returning.reviews;
  }
  return total;
}

/** The answer to each batch, and its bytes without the header. */
async function* sendBatches(file: string, call: Call, wish: Readonly<Record<string, string>>) {
  for await (const { header, batch } of batchLines(file)) {
    const query = new URLSearchParams({ ...wish, line: String(batch.line) });
    const body = new Uint8Array(Buffer.concat([header, ...batch.lines]));
    const init = { method: "POST", body, headers: { "Content-Type": NDJSON_TYPE } };
    const answer = await call(answerSchema, `/v1/admin/import?${query}`, init);
    yield { answer, sent: body.length - header.length };
  }
}

/** The header, and the lines after it in batches that one request can carry. */
async function* batchLines(file: string): AsyncGenerator<{ readonly header: Buffer; readonly batch: Batch }> {
  let header: Buffer | undefined;
  let lines: Buffer[] = [];
  let size = 0;
  let line = 2;
  for await (const found of readLines(file)) {
    if (header === undefined) {
      header = Buffer.from(found);
      continue;
    }
    const isFull = lines.length === MAX_IMPORT_ROWS || header.length + size + found.length > MAX_IMPORT_BYTES;
    if (isFull && lines.length > 0) {
      yield { header, batch: { lines, line } };
      line += lines.length;
      [lines, size] = [[], 0];
    }
    lines.push(found);
    size += found.length;
  }
  if (header !== undefined && lines.length > 0) yield { header, batch: { lines, line } };
}
