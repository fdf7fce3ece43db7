/** The small picture that a guest sends along with a correction, so that staff see what they decide on. */
import { z } from "zod";
import { readImageHeader } from "../image/header.ts";

/** Of the decoded picture, before base64. */
export const MAX_THUMBNAIL_BYTES = 20 * 1024;
const MAX_THUMBNAIL_SIDE_PIXELS = 320;
const MAX_DATA_URL_CHARACTERS = Math.ceil(MAX_THUMBNAIL_BYTES / 3) * 4 + 32;

/** A data URL of a JPEG or WebP whose header agrees with its type; it is stored and shown as an image, never as HTML. */
export const thumbnailSchema = pictureOf(/^data:image\/(jpeg|webp);base64,[A-Za-z0-9+/]+=*$/, "JPEG or WebP");

/** The same of a picture that a deployment has kept: the copies of its pool are PNGs. */
export const keptPictureSchema = pictureOf(
  /^data:image\/(jpeg|webp|png);base64,[A-Za-z0-9+/]+=*$/,
  "JPEG, WebP or PNG",
);

function pictureOf(pattern: RegExp, kinds: string) {
  return z
    .string()
    .max(MAX_DATA_URL_CHARACTERS, `is larger than ${MAX_THUMBNAIL_BYTES} bytes`)
    .regex(pattern, `is not a data URL of a ${kinds}`)
    .refine(
      isSmallPicture,
      `is not a picture of at most ${MAX_THUMBNAIL_BYTES} bytes and ${MAX_THUMBNAIL_SIDE_PIXELS} x ${MAX_THUMBNAIL_SIDE_PIXELS} pixels`,
    );
}

function isSmallPicture(dataUrl: string): boolean {
  const [type, base64] = dataUrl.slice("data:image/".length).split(";base64,");
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return false;
  }
  if (bytes.length > MAX_THUMBNAIL_BYTES) return false; // -- base64 counts in threes
  const header = readImageHeader(bytes);
  if (!header.ok || header.value.format !== type) return false;
  return Math.max(header.value.width, header.value.height) <= MAX_THUMBNAIL_SIDE_PIXELS;
}
