/**
 * Reads what a photo says of itself before anything is decoded: format by magic bytes, size and EXIF orientation by a
 * header probe. Must not decode pixels.
 */
import { imageSize } from "image-size";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";

export type ImageFormat = "jpeg" | "png" | "webp";

/** EXIF orientation, 1 (upright) to 8; 5 to 8 swap width and height. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface ImageHeader {
  readonly format: ImageFormat;
  /** Pixels as stored, before the orientation is applied. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
}

const PNG_MAGIC = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** Returns the header, or `not_an_image`, `unsupported_media_type`, `image_broken` with what to do instead. */
export function readImageHeader(bytes: Uint8Array): Result<ImageHeader, Problem> {
  if (bytes.length === 0) return err(problem("empty_body", "The photo is empty. Send a JPEG, PNG or WebP file."));
  const format = detectFormat(bytes);
  if (format === null) return err(refuseFormat(bytes));
  const probed = probeSize(bytes);
  if (probed === null || !(probed.width > 0) || !(probed.height > 0)) {
    return err(problem("image_broken", `The ${format.toUpperCase()} header is damaged. Send the photo again.`));
  }
  const orientation = ORIENTATIONS.find((value) => value === probed.orientation) ?? 1;
  return ok({ format, width: probed.width, height: probed.height, orientation });
}

function detectFormat(bytes: Uint8Array): ImageFormat | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (PNG_MAGIC.every((byte, i) => bytes[i] === byte)) return "png";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  return null;
}

function refuseFormat(bytes: Uint8Array): Problem {
  const advice = "Send a JPEG, PNG or WebP file.";
  const brand = ascii(bytes, 4, 12);
  if (/^ftyp(heic|heix|hevc|mif1|msf1)/.test(brand)) {
    return problem("unsupported_media_type", `HEIC photos cannot be read here: share it as JPEG. ${advice}`);
  }
  if (brand === "ftypavif" || ascii(bytes, 0, 4) === "GIF8") {
    return problem("unsupported_media_type", `${brand === "ftypavif" ? "AVIF" : "GIF"} is not supported. ${advice}`);
  }
  return problem("not_an_image", `This is not a photo in a format known here. ${advice}`);
}

function probeSize(bytes: Uint8Array) {
  try {
    return imageSize(bytes);
  } catch {
    return null; // image-size throws TypeError or RangeError on damaged headers; both mean the same to the sender
  }
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
