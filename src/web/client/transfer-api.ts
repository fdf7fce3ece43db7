/** The admin routes that move a whole deployment: an export as a stream that is counted, an import part by part. */
import type { transferOperations } from "../../operations/transfer.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { NDJSON_TYPE } from "../../shared/transfer-format.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { type Answer, callAdmin } from "./admin-api.ts";
import { answerOf, type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";
import type { ExportPart } from "./export-file.ts";
import { describeFailure, readProblem } from "./problem.ts";
import { sentences } from "./sentences.ts";

const importAnswer = answerOf<typeof transferOperations.importDeployment>()(
  object({
    mode: text,
    done: flag,
    counts: object({
      stored: number,
      present: number,
      replaced: number,
      kept: number,
      leftOut: number,
      refused: number,
    }),
    rows: list(object({ line: number, kind: text, outcome: text, reason: nullable(text), says: sentences })),
    returning: object({ examples: number, reviews: number }),
  }),
);
const restoreGivenUp = answerOf<typeof transferOperations.abortRestore>()(object({ file: text }));
/** What became of the rows of one part. */
export type ImportAnswer = Decoded<typeof importAnswer>;

/** Whether a file takes an empty deployment or joins what is there. */
export type ImportMode = "restore" | "merge";

/** Stores a part; with `dryRun` it only asks what that would bring back. */
export function importPart(part: ExportPart, file: string, mode: ImportMode, dryRun = false): Answer<ImportAnswer> {
  const query = new URLSearchParams({ file, line: String(part.line), mode, dryRun: String(dryRun) });
  const body = new Blob([part.bytes], { type: NDJSON_TYPE });
  return callAdmin({ method: "POST", path: `/import?${query}`, body }, importAnswer);
}

/** Gives up a restore that is under way, whoever began it. */
export function abortRestore() {
  return callAdmin({ method: "DELETE", path: "/import" }, restoreGivenUp);
}

/** The whole export; `onProgress` hears bytes and lines so far. An error is a sentence for people. */
export async function fetchExport(onProgress: (bytes: number, lines: number) => void): Promise<Result<Blob, string>> {
  try {
    const response = await fetch("/v1/admin/export");
    if (!response.ok) await kitchen.frame.prepareToExplain();
    if (!response.ok) return err(kitchen.frame.explain(readProblem(response.status, await response.text())));
    if (response.body === null) return err(kitchen.transfer.exporting.nothing);
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let [bytes, lines] = [0, 0];
    const reader = response.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value);
      bytes += read.value.length;
      lines += read.value.reduce((count, byte) => (byte === 10 ? count + 1 : count), 0);
      onProgress(bytes, lines);
    }
    return ok(new Blob(chunks, { type: NDJSON_TYPE }));
  } catch (thrown) {
    await kitchen.frame.prepareToExplain();
    return err(kitchen.frame.explain(describeFailure(thrown)));
  }
}
