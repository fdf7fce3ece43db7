/**
 * The orientation out of EXIF data (TIFF 6.0, section 2: header, then a directory of 12-byte entries). Everything else
 * in there, the place where a photo was taken among it, is never looked at.
 */
import { asciiAt, viewOf } from "./bytes.ts";
import type { Orientation } from "./image-header.ts";

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
const TIFF_HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
const TAG_ORIENTATION = 0x0112;
const TYPE_SHORT = 3;
const EXIF_PREFIX = "Exif\0\0";

/** How each orientation stores an upright photo: mirrored along the stored axes, then transposed. */
export const STORED_AS: Readonly<Record<Orientation, { transposed: boolean; flipX: boolean; flipY: boolean }>> = {
  1: { transposed: false, flipX: false, flipY: false },
  2: { transposed: false, flipX: true, flipY: false },
  3: { transposed: false, flipX: true, flipY: true },
  4: { transposed: false, flipX: false, flipY: true },
  5: { transposed: true, flipX: false, flipY: false },
  6: { transposed: true, flipX: false, flipY: true },
  7: { transposed: true, flipX: true, flipY: true },
  8: { transposed: true, flipX: true, flipY: false },
};

/** True when `payload` (of a JPEG's APP1 segment) is EXIF data and not XMP. */
export function isExif(payload: Uint8Array): boolean {
  return asciiAt(payload, 0, EXIF_PREFIX.length) === EXIF_PREFIX;
}

/** The orientation that `exif` names, with or without its prefix; 1 when it names none or is damaged. */
export function readExifOrientation(exif: Uint8Array): Orientation {
  const tiff = isExif(exif) ? exif.subarray(EXIF_PREFIX.length) : exif;
  const order = asciiAt(tiff, 0, 2);
  if (tiff.length < TIFF_HEADER_BYTES || (order !== "II" && order !== "MM")) return 1;
  const littleEndian = order === "II";
  const view = viewOf(tiff);
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > tiff.length) return 1;
  const count = view.getUint16(directory, littleEndian);
  for (let i = 0, at = directory + 2; i < count && at + ENTRY_BYTES <= tiff.length; i++, at += ENTRY_BYTES) {
    if (view.getUint16(at, littleEndian) !== TAG_ORIENTATION) continue;
    if (view.getUint16(at + 2, littleEndian) !== TYPE_SHORT) return 1;
    const value = view.getUint16(at + 8, littleEndian);
    return ORIENTATIONS.find((orientation) => orientation === value) ?? 1;
  }
  return 1;
}
