/** The photo that a request carries, or the photos of a question: as a raw body, as the file of a form, or as text. Its bytes decide, not their names. */

import type { Context } from "hono";
import type { Config } from "../../config.ts";
import { isKnownFormat } from "../../image/header.ts";
import { MAX_ASKED_PHOTOS } from "../../operations/classification.ts";
import { noPhotoField, onePhotoAtATime, otherContentType, tooManyPhotos } from "../../shared/english/photos.ts";
import { freeMemory } from "../../shared/free-memory.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { AppEnv } from "../app-env.ts";
import type { MultipartForm, UploadedFile } from "../multipart.ts";
import { isMultipart, mediaType, readBytes, readMultipart } from "../request-body.ts";
import { MAX_BATCH_BYTES } from "./photo-batch.ts";
import { decodeBase64, isPhotoText, readPhotoText } from "./photo-text.ts";

/** Room for boundaries and text fields around one photo. */
const MULTIPART_OVERHEAD_BYTES = 64 * 1024;
/** Types under which bytes that are no photo are a broken one; under any other the sender meant something else. */
const PHOTO_TYPES = /^(image\/.*|application\/octet-stream|)$/;

interface PhotoBody {
  readonly image: { readonly bytes: Uint8Array<ArrayBuffer> };
  readonly fields: Readonly<Record<string, string>>;
}

/** The most bytes of a request that carries one photo. */
export function longestPhotoBody({ maxImageBytes }: Pick<Config, "maxImageBytes">): number {
  return maxImageBytes + MULTIPART_OVERHEAD_BYTES;
}

/** Reads it within the limit of one photo; whether it can be decoded is found out later. */
export async function readPhotoBody(c: Context<AppEnv>): Promise<Result<PhotoBody, Problem>> {
  const { config } = c.get("services");
  if (isMultipart(c)) {
    const form = await readMultipart(c, longestPhotoBody(config));
    if (!form.ok) return form;
    const photo = choosePhoto(form.value);
    return photo.ok ? ok({ image: { bytes: photo.value }, fields: form.value.fields }) : photo;
  }
  const bytes = await readBytes(c, config.maxImageBytes, "photos");
  if (!bytes.ok) return bytes;
  const photo = readRawPhoto(bytes.value, mediaType(c));
  return photo.ok ? ok({ image: { bytes: photo.value }, fields: {} }) : photo;
}

/** A photo of a question, and the name that its sender gave it, empty where it came without one. */
type AskedPhoto = Pick<UploadedFile, "name" | "bytes">;

/**
 * The photos of a question: one in any way that a photo is sent, or several in the field `image` of a form. They take no more memory
 * together than the room for all bodies has, and are decoded one after the other. Whether each is within the limits is found out then.
 */
export async function readPhotoBodies(
  c: Context<AppEnv>,
): Promise<Result<{ readonly photos: readonly AskedPhoto[]; readonly fields: PhotoBody["fields"] }, Problem>> {
  if (!isMultipart(c)) {
    const body = await readPhotoBody(c);
    return body.ok ? ok({ photos: [{ name: "", ...body.value.image }], fields: body.value.fields }) : body;
  }
  const form = await readMultipart(c, Math.max(MAX_BATCH_BYTES, longestPhotoBody(c.get("services").config)));
  if (!form.ok) return form;
  const { files, fields } = form.value;
  const named = files.filter(({ field }) => field === "image");
  if (named.length > MAX_ASKED_PHOTOS) return err(tooManyPhotos({ sent: named.length, limit: MAX_ASKED_PHOTOS }));
  if (named.length > 1) return ok({ photos: named, fields });
  const photo = choosePhoto(form.value);
  return photo.ok ? ok({ photos: [{ name: "", bytes: photo.value }], fields }) : photo;
}

/** The file in the field `image`, otherwise the only file there is, otherwise a data URL in the field `image`. */
function choosePhoto({ files, fields }: MultipartForm): Result<Uint8Array<ArrayBuffer>, Problem> {
  const named = files.filter(({ field }) => field === "image");
  const candidates = named.length > 0 ? named : files;
  if (candidates.length > 1) return err(onePhotoAtATime());
  if (candidates.length === 1) return ok(candidates[0].bytes);
  if (fields.image !== undefined) return decodeBase64(fields.image);
  return err(noPhotoField());
}

function readRawPhoto(bytes: Uint8Array<ArrayBuffer>, type: string): Result<Uint8Array<ArrayBuffer>, Problem> {
  if (isKnownFormat(bytes)) return ok(bytes);
  if (isPhotoText(bytes)) {
    const photo = readPhotoText(bytes);
    freeMemory(bytes);
    return photo;
  }
  if (PHOTO_TYPES.test(type)) return ok(bytes);
  return err(otherContentType({ type }));
}
