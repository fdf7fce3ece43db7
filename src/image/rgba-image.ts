/** Decoded pixels, and what makes them. */

/** RGBA, 8 bits, row by row from the top, as stored in the file (orientation not yet applied). */
export interface RgbaImage {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** The data end before the last row. The decoder that throws it is in order and can be used again. */
export class MissingRows extends Error {
  override readonly name = "MissingRows";
}

/** One instance of a decoder. */
export interface Decoder {
  /** Throws `MissingRows`, or another error when the data is damaged; the instance must not be used again then. */
  decode(pieces: readonly Uint8Array<ArrayBuffer>[]): RgbaImage;
  /** Its wasm memory, in bytes. */
  memoryBytes(): number;
}
