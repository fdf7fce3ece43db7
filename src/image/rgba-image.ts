/** Decoded pixels, and what makes them. */
import type { Eighths } from "./decoded-size.ts";

/** RGBA, 8 bits, row by row from the top, as stored in the file (orientation not yet applied). */
export interface RgbaImage {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** The photo's own size, where these pixels are fewer: `eighths` of it along each axis, rounded up. */
  readonly whole?: { readonly width: number; readonly height: number; readonly eighths: Eighths };
}

/** The data end before the last row. The decoder that throws it is in order and can be used again. */
export class MissingRows extends Error {
  override readonly name = "MissingRows";
}

/** One instance of a decoder. */
export interface Decoder {
  /**
   * The picture, or `eighths` of it along each axis, rounded up, where the decoder can do that. Throws `MissingRows`, or another error
   * when the data is damaged; the instance must not be used again then.
   */
  decode(pieces: readonly Uint8Array<ArrayBuffer>[], eighths: Eighths): RgbaImage;
  /** Its wasm memory, in bytes. */
  memoryBytes(): number;
}
