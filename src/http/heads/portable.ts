/** A version of the head with its backbone as a file that runs without Headstart. */
import type { Context } from "hono";
import { z } from "zod";
import { findServedHead } from "../../application/served-head.ts";
import { OLDEST_OPERATOR_SET } from "../../backbone/portable/graph-writer.ts";
import { makePortableFile, type PortableItem } from "../../backbone/portable/portable-file.ts";
import { lengthOf } from "../../backbone/portable/stored-zip.ts";
import { headOperations } from "../../operations/heads.ts";
import { networkElsewhere, networkTooOld, noSuchVersion, nothingToExport } from "../../shared/english/versions.ts";
import { err } from "../../shared/result.ts";
import type { ServedHead } from "../../store/heads/head-cache.ts";
import { respondProblem } from "../answers/problem-response.ts";
import type { AppEnv } from "../app-env.ts";
import { serve } from "../serve.ts";

const versionNumber = z.coerce.number().int().positive();

/** The menu in the file is today's, whichever version it is. */
export const portableHandlers = [
  serve(headOperations.exportHead, async (c, { params }) => {
    const parsed = versionNumber.safeParse(params.version);
    if (!parsed.success) return err(noSuchVersion({ version: params.version }));
    const { db, readServedHead, clock } = c.get("services");
    await readServedHead(db, clock(), clock()); // a file lasts: the menu that an isolate has known for a moment is too old for it
    const served = await findServedHead(c.get("services"), parsed.data);
    return served.ok ? sendFile(c, served.value) : served;
  }),
];

async function sendFile(c: Context<AppEnv>, served: ServedHead): Promise<Response> {
  const { loadEmbedder, readBackboneFile } = c.get("services");
  const { manifest } = await loadEmbedder();
  if ("service" in manifest) return respondProblem(c, networkElsewhere());
  const items = listItems(served);
  if (items.length === 0) return respondProblem(c, nothingToExport());
  const { version, head } = served;
  const file = await makePortableFile(manifest, readBackboneFile, { version, head, items });
  if (file === null) return respondProblem(c, networkTooOld({ oldest: OLDEST_OPERATOR_SET }));
  return c.body(streamPieces(file.pieces), 200, {
    "content-type": file.type,
    "content-length": String(lengthOf(file.pieces)),
    "content-disposition": `attachment; filename="headstart-${version}.${file.extension}"`,
    "cache-control": "no-store",
  });
}

/** Those that it may answer with, in the order of its rows. */
function listItems({ head, names, translations, thresholds }: ServedHead): PortableItem[] {
  return head.classIds.flatMap((id) => {
    const name = names.get(id);
    if (name === undefined) return [];
    return [{ id, name, names: translations.get(id) ?? {}, threshold: thresholds.get(id) ?? null }];
  });
}

function streamPieces(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const waiting = pieces.values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = waiting.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
}
