/** What it means to take a whole deployment out as one file, to bring such a file back part by part, and to give that up. Knows no request. */
import { keepsPictures } from "../config.ts";
import type { AnswerOf } from "../operations/operation.ts";
import type { transferOperations } from "../operations/transfer.ts";
import type { Services } from "../services.ts";
import { fileOfAnotherBackbone, restoreGivenUp } from "../shared/english/files.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { ExportHeader } from "../shared/transfer-format.ts";
import { isLeaseLost } from "../store/learning/lease.ts";
import { requireSameBackbone } from "../store/second-backbone/backbone-guard.ts";
import { countReturning, type Returning } from "../store/transfer/count-returning.ts";
import { type ExportedCopies, exportRows } from "../store/transfer/export-rows.ts";
import type { ImportRow, RowFate, RowOutcome } from "../store/transfer/import-batch.ts";
import { importRows } from "../store/transfer/import-rows.ts";
import {
  abortRestore,
  finishRestore,
  noteMerge,
  type OpenImport,
  openImport,
} from "../store/transfer/import-session.ts";
import { describeExport, streamExport } from "../store/transfer/write-export.ts";
import type { Caller } from "./caller.ts";

/** A refused row may be of a kind that does not exist. */
export type RefusedRow = Omit<RowFate, "kind"> & { readonly kind: RowFate["kind"] | "" };

/** One part of a file, checked as far as that goes without the database; `rows` and `refused` name their lines by their numbers in the whole file. */
export interface FilePart {
  readonly header: ExportHeader;
  readonly rows: readonly ImportRow[];
  readonly refused: readonly RefusedRow[];
  /** Whether the file ends with this part. */
  readonly isEnd: boolean;
  /** SHA-256 by which the file is known. */
  readonly file: string;
}

/** What becomes of the rows of a part. */
export interface ImportOrder {
  readonly mode: "restore" | "merge";
  /** Whose version counts where a merge finds two. */
  readonly prefer: "ours" | "file";
  /** Looks only: nothing is stored, and no restore begins. */
  readonly isDryRun: boolean;
}

/** What the sender of a part learns. */
export type ImportReport = AnswerOf<typeof transferOperations.importDeployment>;

const NOTHING_RETURNS: Returning = { examples: 0, reviews: 0 };

/** The bytes of the file, read from the database as they are taken. Throws where the first page cannot be read. */
export async function exportDeployment(
  { db, loadEmbedder }: Services,
  copies: ExportedCopies,
): Promise<ReadableStream<Uint8Array>> {
  const { manifest } = await loadEmbedder();
  const inPlace = { backboneId: manifest.id, dimension: manifest.output.dimension };
  const header = await describeExport(db, inPlace, copies.withPictures);
  return streamExport(header, exportRows(db, copies));
}

/** Each row has its own fate, and the last part ends the import. Errors: `backbone_mismatch`, and `import_conflict` where the deployment is not in a state for it. */
export async function importPart(
  services: Services,
  caller: Pick<Caller, "actor">,
  { mode, prefer, isDryRun }: ImportOrder,
  part: FilePart,
): Promise<Result<ImportReport, Problem>> {
  const same = await requireDeploymentsBackbone(services, part.header);
  if (!same.ok) return same;
  const { db, clock, config } = services;
  const returning = mode === "merge" ? await countReturning({ db, prefer }, part.rows) : NOTHING_RETURNS;
  if (isDryRun) return ok({ mode, done: false, ...describe(part, part.refused), returning });
  const opened = await openImport(db, {
    file: part.file,
    mode,
    prefer,
    now: clock(),
    keepsPictures: keepsPictures(config),
  });
  if (!opened.ok) return opened;
  const stored = await storeRows(services, caller, opened.value, part);
  if (!stored.ok) return stored;
  const fates = [...part.refused, ...stored.value];
  return ok({ mode, done: part.isEnd, ...describe(part, fates), returning });
}

/** What has arrived stays; training and imports go on at once. Error: `not_found` where no restore is under way. */
export async function giveUpRestore(
  { db, clock }: Services,
  { actor }: Pick<Caller, "actor">,
): Promise<Result<{ readonly file: string }, Problem>> {
  const aborted = await abortRestore(db, actor, clock());
  return aborted.ok ? ok({ file: aborted.value }) : aborted;
}

/** With the last part it ends the import. Error: `import_conflict` when the restore was given up meanwhile. */
async function storeRows(
  { db, clock }: Services,
  { actor }: Pick<Caller, "actor">,
  opened: OpenImport,
  { rows, isEnd, file }: FilePart,
): Promise<Result<readonly RefusedRow[], Problem>> {
  try {
    const fates = await importRows(opened, rows);
    if (isEnd && opened.lease !== null) await finishRestore(db, opened.lease, clock());
    if (isEnd && opened.lease === null) await noteMerge(db, file, actor, clock());
    return ok(fates);
  } catch (error) {
    if (isLeaseLost(error)) return err(restoreGivenUp());
    throw error;
  }
}

/** `backbone_mismatch` unless the file, the deployment and what it stores all have the same backbone. */
async function requireDeploymentsBackbone(
  { db, loadEmbedder }: Services,
  header: ExportHeader,
): Promise<Result<void, Problem>> {
  const { manifest } = await loadEmbedder();
  if (header.backboneId === manifest.id && header.dimension === manifest.output.dimension) {
    return requireSameBackbone(db, manifest.id);
  }
  return err(
    fileOfAnotherBackbone({
      theirs: header.backboneId.slice(0, 12),
      theirLength: header.dimension,
      ours: manifest.id.slice(0, 12),
      ourLength: manifest.output.dimension,
    }),
  );
}

function describe({ file }: FilePart, fates: readonly RefusedRow[]) {
  const counts: Record<RowOutcome, number> = { stored: 0, present: 0, replaced: 0, kept: 0, leftOut: 0, refused: 0 };
  for (const { outcome } of fates) counts[outcome] += 1;
  const notable = fates.flatMap(({ outcome, says, ...row }) =>
    outcome === "kept" || outcome === "refused"
      ? [{ ...row, outcome, ...(says === undefined ? {} : { says: [...says] }) }]
      : [],
  );
  return { file, counts, rows: notable.sort((a, b) => a.line - b.line) };
}
