/** What the headers of all formats are told in: the words that guards, decoders and preprocessing share. */
import type { Problem } from "../shared/problem.ts";

/** Told by the file's first bytes, never by its name or content type. */
export type ImageFormat = "jpeg" | "png" | "webp" | "gif";

/** Which decoder reads it: libjpeg knows no way from four inks to RGB. */
export type Coding = ImageFormat | "cmyk-jpeg";

/** EXIF orientation, 1 (upright) to 8; `exif-orientation.ts` says what each does. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** A rectangle of pixels inside a picture, from its top left corner. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What a file says of itself, before anything is decoded. */
export interface ImageHeader {
  readonly format: ImageFormat;
  readonly coding: Coding;
  /** What a person calls it, where its pixel limit depends on more than the format. */
  readonly kind: string;
  /**
   * How much more memory a pixel needs on its way than one of a baseline JPEG; the pixel limit is divided by it. Measured with
   * each decoder, see docs/decisions/0014.
   */
  readonly weight: number;
  /** Pixels as stored, before the orientation is applied. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** Where the first frame lies in the picture; all of it but for some animations. */
  readonly frame: Frame;
  /** The file ends before its structure does: where no picture comes out of it, that is why. */
  readonly lacksEnd: boolean;
  /** What a decoder needs of the file, in order: without metadata, further frames and what follows the end. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
}

/** Why a header cannot be used; the sentence that a sender reads is made of it. */
export type HeaderFault =
  | { readonly kind: "damaged" }
  /** The file ends before its own structure does. */
  | { readonly kind: "cut-off" }
  /** A variant of the format that no decoder here reads. */
  | { readonly kind: "unsupported"; readonly refusal: Problem };

/** The file breaks the rules of its format, or a checksum in it is wrong. */
export const DAMAGED: HeaderFault = { kind: "damaged" };
/** The file ends too early: an upload that broke off. */
export const CUT_OFF: HeaderFault = { kind: "cut-off" };

/** The whole picture as a frame. */
export function wholeFrame(width: number, height: number): Frame {
  return { left: 0, top: 0, width, height };
}
