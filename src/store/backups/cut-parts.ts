/** Chunks of any size as parts of one size, which is what a multipart upload takes. */

/**
 * Yields parts of exactly `partBytes`, the last one shorter and perhaps empty. Each is a view of one buffer that the next part
 * overwrites, so that no more than one part is held.
 */
export async function* cutParts(
  chunks: AsyncIterable<Uint8Array>,
  partBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const part = new Uint8Array(partBytes);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let taken = 0; taken < chunk.length; ) {
      const piece = chunk.subarray(taken, taken + partBytes - filled);
      part.set(piece, filled);
      filled += piece.length;
      taken += piece.length;
      if (filled < partBytes) continue;
      yield part;
      filled = 0;
    }
  }
  yield part.subarray(0, filled);
}
