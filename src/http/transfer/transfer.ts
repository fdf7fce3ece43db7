/** Everything in one file: a deployment as a stream of lines, and such lines back into one. */
import type { Caller } from "../../application/caller.ts";
import { keepsPictures } from "../../config.ts";
import { transferOperations } from "../../operations/transfer.ts";
import type { Services } from "../../services.ts";
import { fileOfAnotherBackbone, notNdjson, restoreGivenUp } from "../../shared/english/files.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type ExportHeader, MAX_IMPORT_BYTES, NDJSON_TYPE } from "../../shared/transfer-format.ts";
import { isLeaseLost } from "../../store/learning/lease.ts";
import { requireSameBackbone } from "../../store/second-backbone/backbone-guard.ts";
import { countReturning, type Returning } from "../../store/transfer/count-returning.ts";
import { exportRows } from "../../store/transfer/export-rows.ts";
import type { RowOutcome } from "../../store/transfer/import-batch.ts";
import { importRows } from "../../store/transfer/import-rows.ts";
import {
  abortRestore,
  finishRestore,
  noteMerge,
  type OpenImport,
  openImport,
} from "../../store/transfer/import-session.ts";
import { describeExport, streamExport } from "../../store/transfer/write-export.ts";
import { callerOf } from "../access/caller.ts";
import { mediaType, readBytes } from "../body/request-body.ts";
import { findModality } from "../modality/find-modality.ts";
import { serve } from "../serve.ts";
import { type ImportBody, type RefusedRow, readImport } from "./read-import.ts";

const NOTHING_RETURNS: Returning = { examples: 0, reviews: 0 };

/** An export streams; an import takes a file part by part. */
export const transferHandlers = [
  serve(transferOperations.exportDeployment, async (c, { query }) => {
    const withPictures = query.pictures === "true";
    const { db, loadEmbedder } = c.get("services");
    const { manifest } = await loadEmbedder();
    const inPlace = { backboneId: manifest.id, dimension: manifest.output.dimension };
    const header = await describeExport(db, inPlace, withPictures);
    const { exportsPreviews: withPreviews } = await findModality(c.get("services"));
    return c.body(await streamExport(header, exportRows(db, { withPreviews, withPictures })), 200, {
      "content-type": NDJSON_TYPE,
      "content-disposition": 'attachment; filename="headstart-export.ndjson"',
      "cache-control": "no-store",
    });
  }),
  serve(transferOperations.importDeployment, async (c, { query }) => {
    if (mediaType(c) !== NDJSON_TYPE) {
      return err(notNdjson({ type: NDJSON_TYPE }));
    }
    const bytes = await readBytes(c, MAX_IMPORT_BYTES, "photos");
    const { reads } = await findModality(c.get("services"));
    const body = bytes.ok ? await readImport(bytes.value, { ...query, reads }) : bytes;
    if (!body.ok) return body;
    const same = await requireDeploymentsBackbone(c.get("services"), body.value.header);
    if (!same.ok) return same;
    const { db, clock, config } = c.get("services");
    const { mode, prefer } = query;
    const returning = mode === "merge" ? await countReturning({ db, prefer }, body.value.rows) : NOTHING_RETURNS;
    if (query.dryRun === "true") {
      return ok({ mode, done: false, ...describe(body.value, body.value.refused), returning });
    }
    const opened = await openImport(db, {
      ...{ file: body.value.file, mode, prefer, now: clock() },
      keepsPictures: keepsPictures(config),
    });
    if (!opened.ok) return opened;
    const stored = await storeRows(c.get("services"), callerOf(c), opened.value, body.value);
    if (!stored.ok) return stored;
    const fates = [...body.value.refused, ...stored.value];
    return ok({ mode: opened.value.mode, done: body.value.isEnd, ...describe(body.value, fates), returning });
  }),
  serve(transferOperations.abortRestore, async (c) => {
    const { db, clock } = c.get("services");
    const aborted = await abortRestore(db, c.get("actor"), clock());
    return aborted.ok ? ok({ file: aborted.value }) : aborted;
  }),
];

/** Stores the rows of a body, and with the last one ends the import. Error: `import_conflict` when it was given up meanwhile. */
async function storeRows(
  { db, clock }: Services,
  { actor }: Pick<Caller, "actor">,
  opened: OpenImport,
  { rows, isEnd, file }: ImportBody,
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

function describe(body: ImportBody, fates: readonly RefusedRow[]) {
  const counts: Record<RowOutcome, number> = { stored: 0, present: 0, replaced: 0, kept: 0, leftOut: 0, refused: 0 };
  for (const { outcome } of fates) counts[outcome] += 1;
  const notable = fates.flatMap(({ outcome, ...row }) =>
    outcome === "kept" || outcome === "refused" ? [{ ...row, outcome }] : [],
  );
  return { file: body.file, counts, rows: notable.sort((a, b) => a.line - b.line) };
}
