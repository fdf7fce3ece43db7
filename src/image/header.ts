/**
 * Reads what a photo says of itself before anything is decoded: format by magic bytes, then size, orientation and
 * structure by that format's own walk. Must not decode pixels.
 */
import {
  heicPhoto,
  notAPhoto,
  otherFormat,
  packedFile,
  photoCutOff,
  photoEmpty,
  photoStructureDamaged,
  photoWithoutPixels,
  rawPhoto,
} from "../shared/english/photos.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { asciiAt } from "./bytes.ts";
import { readGifHeader } from "./gif-header.ts";
import type { HeaderFault, ImageFormat, ImageHeader } from "./image-header.ts";
import { readJpegHeader } from "./jpeg-header.ts";
import { readPngHeader } from "./png-header.ts";
import { readWebpHeader } from "./webp-header.ts";

const PNG_MAGIC = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const READERS: Record<ImageFormat, (bytes: Uint8Array<ArrayBuffer>) => Result<ImageHeader, HeaderFault>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  gif: readGifHeader,
};

/** Formats that people do send, by the bytes at 0 or, for those made of boxes, at 4. */
const REFUSED: readonly (readonly [at: number, magic: string, refusal: Problem])[] = [
  ...["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"].map(
    (brand) => [4, `ftyp${brand}`, heicPhoto()] as const,
  ),
  [4, "ftypavif", otherFormat({ format: "AVIF" })],
  [4, "ftypavis", otherFormat({ format: "AVIF" })],
  [0, "BM", otherFormat({ format: "BMP" })],
  [0, "II*\0", rawPhoto()],
  [0, "MM\0*", rawPhoto()],
  [0, "\xff\x0a", otherFormat({ format: "JPEG XL" })],
  [4, "JXL ", otherFormat({ format: "JPEG XL" })],
  [4, "jP  ", otherFormat({ format: "JPEG 2000" })],
  [0, "\x1f\x8b", packedFile({ format: "gzip" })],
  [0, "PK\x03\x04", packedFile({ format: "ZIP" })],
  [0, "%PDF", otherFormat({ format: "PDF" })],
];

/** Returns the header, or `empty_body`, `not_an_image`, `unsupported_media_type`, `image_broken` with what to do. */
export function readImageHeader(bytes: Uint8Array<ArrayBuffer>): Result<ImageHeader, Problem> {
  if (bytes.length === 0) return err(photoEmpty());
  const format = detectFormat(bytes);
  if (format === null) return err(refuseFormat(bytes));
  const header = READERS[format](bytes);
  if (!header.ok) return err(describeFault(format.toUpperCase(), header.error));
  if (header.value.width === 0 || header.value.height === 0) {
    return err(photoWithoutPixels());
  }
  return ok(header.value);
}

/** Whether the bytes begin as those of some format that is read or refused by name. */
export function isKnownFormat(bytes: Uint8Array): boolean {
  return detectFormat(bytes) !== null || findRefused(bytes) !== undefined;
}

/** The format that the first 12 bytes are of, if it is one that is decoded. */
export function detectFormat(bytes: Uint8Array): ImageFormat | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (PNG_MAGIC.every((byte, i) => bytes[i] === byte)) return "png";
  if (asciiAt(bytes, 0, 4) === "RIFF" && asciiAt(bytes, 8, 12) === "WEBP") return "webp";
  if (/^GIF8[79]a/.test(asciiAt(bytes, 0, 6))) return "gif";
  return null;
}

function refuseFormat(bytes: Uint8Array): Problem {
  const known = findRefused(bytes);
  if (known !== undefined) return known[2];
  return notAPhoto();
}

function findRefused(bytes: Uint8Array) {
  return REFUSED.find(([at, magic]) => asciiAt(bytes, at, at + magic.length) === magic);
}

function describeFault(format: string, fault: HeaderFault): Problem {
  if (fault.kind === "cut-off") {
    return photoCutOff({ format });
  }
  if (fault.kind === "damaged") {
    return photoStructureDamaged({ format });
  }
  return fault.refusal;
}
