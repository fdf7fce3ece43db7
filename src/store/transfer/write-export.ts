/**
 * An export as a stream of bytes: header, rows, and an end that carries the SHA-256 of all bytes before it. Holds one page
 * of rows; the next one is read when the receiver has taken the last.
 */
import {
  END_KIND,
  type ExportEnd,
  type ExportHeader,
  FORMAT_NAME,
  FORMAT_VERSION,
  PICTURES_VERSION,
  zeroCounts,
} from "../../shared/transfer-format.ts";
import type { Database } from "../database.ts";
import { countRows, type ExportedRow, findStoredBackbone } from "./export-rows.ts";

/**
 * Throws when the first page cannot be read. A failure after that breaks the connection: the receiver sees that the end is
 * missing.
 */
export async function streamExport(
  header: ExportHeader,
  pages: AsyncIterable<readonly ExportedRow[]>,
): Promise<ReadableStream<Uint8Array>> {
  const chunks = writeExport(header, pages);
  const first = await chunks.next();
  return new ReadableStream({
    start(controller) {
      if (first.done !== true) controller.enqueue(first.value);
    },
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

/** The bytes, a page at a time. The header comes with the first rows, or with the end where there are none; `onEnd` hears what the end says before it comes. */
export async function* writeExport(
  header: ExportHeader,
  pages: AsyncIterable<readonly ExportedRow[]>,
  onEnd: (end: ExportEnd) => void = () => {},
): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder();
  const digest = new crypto.DigestStream("SHA-256");
  const digestWriter = digest.getWriter();
  const counts = { ...zeroCounts(), ...(header.counts.picture === undefined ? {} : { picture: 0 }) };
  let lines = `${JSON.stringify(header)}\n`;
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    for (const { kind } of rows) counts[kind] = (counts[kind] ?? 0) + 1;
    const bytes = encoder.encode(lines + rows.map(({ kind, row }) => `${JSON.stringify({ kind, ...row })}\n`).join(""));
    lines = "";
    await digestWriter.write(bytes);
    yield bytes;
  }
  const rest = encoder.encode(lines);
  await digestWriter.write(rest);
  await digestWriter.close();
  const sha256 = new Uint8Array(await digest.digest).toHex();
  const end: ExportEnd = { kind: END_KIND, counts, sha256 };
  onEnd(end);
  yield encoder.encode(`${lines}${JSON.stringify(end)}\n`);
}

/** A backbone as an export names it. */
export interface ExportedBackbone {
  readonly backboneId: string;
  readonly dimension: number;
}

/** Names the backbone of the stored embeddings; of an empty deployment `inPlace`, the one that would make the first. */
export async function describeExport(
  db: Database,
  inPlace: ExportedBackbone,
  withPictures = false,
): Promise<ExportHeader> {
  const counts = await countRows(db, withPictures);
  const version = withPictures ? PICTURES_VERSION : FORMAT_VERSION;
  const backbone = (await findStoredBackbone(db)) ?? inPlace;
  return { format: FORMAT_NAME, version, ...backbone, counts };
}
