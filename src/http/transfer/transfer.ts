/** Everything in one file: a deployment as a stream of lines, and such lines back into one. */
import type { Context } from "hono";
import type { z } from "zod";
import { exportDeployment, type FilePart, giveUpRestore, importPart } from "../../application/transfer.ts";
import { type importQuery, transferOperations } from "../../operations/transfer.ts";
import { notNdjson } from "../../shared/english/files.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, type Result } from "../../shared/result.ts";
import { MAX_IMPORT_BYTES, NDJSON_TYPE } from "../../shared/transfer-format.ts";
import { callerOf } from "../access/caller.ts";
import type { AppEnv } from "../app-env.ts";
import { mediaType, readBytes } from "../body/request-body.ts";
import { findModality } from "../modality/find-modality.ts";
import { serve } from "../serve.ts";
import { readImport } from "./read-import.ts";

/** An export streams; an import takes a file part by part. */
export const transferHandlers = [
  serve(transferOperations.exportDeployment, async (c, { query }) => {
    const services = c.get("services");
    const { exportsPreviews: withPreviews } = await findModality(services);
    const file = await exportDeployment(services, { withPreviews, withPictures: query.pictures === "true" });
    return c.body(file, 200, {
      "content-type": NDJSON_TYPE,
      "content-disposition": 'attachment; filename="headstart-export.ndjson"',
      "cache-control": "no-store",
    });
  }),
  serve(transferOperations.importDeployment, async (c, { query }) => {
    const { mode, prefer, dryRun, ...place } = query;
    const part = await readPart(c, place);
    if (!part.ok) return part;
    return importPart(c.get("services"), callerOf(c), { mode, prefer, isDryRun: dryRun === "true" }, part.value);
  }),
  serve(transferOperations.abortRestore, (c) => giveUpRestore(c.get("services"), callerOf(c))),
];

async function readPart(
  c: Context<AppEnv>,
  place: Pick<z.infer<typeof importQuery>, "line" | "file">,
): Promise<Result<FilePart, Problem>> {
  if (mediaType(c) !== NDJSON_TYPE) return err(notNdjson({ type: NDJSON_TYPE }));
  const bytes = await readBytes(c, MAX_IMPORT_BYTES, "photos");
  if (!bytes.ok) return bytes;
  const { reads } = await findModality(c.get("services"));
  return readImport(bytes.value, { ...place, reads });
}
