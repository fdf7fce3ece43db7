/**
 * An export as a stream of bytes: header, rows, and an end that carries the SHA-256 of all bytes before it. Holds one page
 * of rows; the next one is read when the receiver has taken the last.
 */
import { END_KIND, type ExportEnd, type ExportHeader, zeroCounts } from "../../shared/transfer-format.ts";
import type { ExportedRow } from "../../store/transfer/export-rows.ts";

/** A failure while it runs breaks the connection: the receiver sees that the end is missing. */
export function streamExport(
  header: ExportHeader,
  pages: AsyncIterable<readonly ExportedRow[]>,
): ReadableStream<Uint8Array> {
  const chunks = writeExport(header, pages);
  return new ReadableStream({
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

async function* writeExport(
  header: ExportHeader,
  pages: AsyncIterable<readonly ExportedRow[]>,
): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder();
  const digest = new crypto.DigestStream("SHA-256");
  const digestWriter = digest.getWriter();
  const counts = zeroCounts();
  const hashed = async (bytes: Uint8Array) => {
    await digestWriter.write(bytes);
    return bytes;
  };
  yield await hashed(encoder.encode(`${JSON.stringify(header)}\n`));
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    for (const { kind } of rows) counts[kind] += 1;
    const lines = rows.map(({ kind, row }) => `${JSON.stringify({ kind, ...row })}\n`);
    yield await hashed(encoder.encode(lines.join("")));
  }
  await digestWriter.close();
  const sha256 = new Uint8Array(await digest.digest).toHex();
  const end: ExportEnd = { kind: END_KIND, counts, sha256 };
  yield encoder.encode(`${JSON.stringify(end)}\n`);
}
