/** Decoded pixels, and what makes them. */

/** RGBA, 8 bits, row by row from the top, as stored in the file (orientation not yet applied). */
export interface RgbaImage {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** One instance of a decoder. */
export interface Decoder {
  /** Throws when the data is damaged; the instance must not be used again then. */
  decode(pieces: readonly Uint8Array<ArrayBuffer>[]): RgbaImage;
  /** Its wasm memory, in bytes. */
  memoryBytes(): number;
}
