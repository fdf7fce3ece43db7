/**
 * What may come with a sample in a request: texts in a JSON body, and the small picture that a guest sends along with
 * a correction, so that staff see what they decide on.
 */
import { z } from "zod";
import { readImageHeader } from "../image/header.ts";
import { whenMissing } from "./field-faults.ts";

/** Texts of one list. */
export const MAX_TEXTS_PER_REQUEST = 64;
/** Of all texts of a request together, as JSON. */
export const MAX_TEXT_BATCH_BYTES = 1024 * 1024;
/** Its length is checked where it is normalised. */
export const sentText = z.string({ error: whenMissing("send the text") });
/** What of a list is not a text is refused in its place, so the list takes anything. */
const sentRow = z.unknown().meta({ override: { type: "string" } });
const error = `send a text, or up to ${MAX_TEXTS_PER_REQUEST} in a list`;
/** `text` is one text or a list of them; a row of a list may be anything and is refused by itself. */
export const textBatchSchema = z.strictObject({
  text: z.union([z.string(), z.array(sentRow).min(1, error).max(MAX_TEXTS_PER_REQUEST, error)], { error }),
});

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
