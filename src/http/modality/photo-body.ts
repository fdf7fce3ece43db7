/** The photo that a request carries, or the photos of a question: as a raw body, as the file of a form, or as text. Its bytes decide, not their names. */
import type { Context } from "hono";
import type { Config } from "../../config.ts";
import { isKnownFormat } from "../../image/header.ts";
import { MAX_ASKED_PHOTOS } from "../../operations/classification.ts";
import { addressNotFetched, brokenBase64, noBase64Field } from "../../shared/english/inputs.ts";
import {
  noPhotoField,
  noPhotoFields,
  onePhotoAtATime,
  otherContentType,
  readsPhotosOnly,
  tooManyPhotos,
} from "../../shared/english/photos.ts";
import { brokenJson } from "../../shared/english/requests.ts";
import { freeMemory } from "../../shared/free-memory.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { AppEnv } from "../app-env.ts";
import {
  isMultipart,
  type MultipartForm,
  mediaType,
  readBytes,
  readMultipart,
  type UploadedFile,
} from "../body/request-body.ts";

/** Photos of one upload; a client sends more in several requests. */
export const MAX_PHOTOS_PER_REQUEST = 50;
/** A batch is held in memory while its photos are embedded one by one: no more than the room that all photos share. */
export const MAX_BATCH_BYTES = 12 * 1024 * 1024;

/** The files of the form, at least one. */
export async function readPhotoBatch(c: Context<AppEnv>): Promise<Result<readonly UploadedFile[], Problem>> {
  const form = await readMultipart(c, MAX_BATCH_BYTES);
  if (!form.ok) return form;
  const { files } = form.value;
  if (files.length === 0) return err(noPhotoFields());
  if (files.length <= MAX_PHOTOS_PER_REQUEST) return ok(files);
  return err(tooManyPhotos({ sent: files.length, limit: MAX_PHOTOS_PER_REQUEST }));
}

/* A photo that comes as text: base64 in JSON, as clients of Hugging Face send it, or a data URL, as a canvas writes it. */

const DATA_URL = /^data:[^,]*;base64,/i;

/** True for bytes that begin as JSON's objects or data URLs do, which no format of photos does. */
function isPhotoText(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  return start.startsWith("{") || start.startsWith("data:");
}

/** The photo's bytes, out of `{ "inputs": "..." }` or a data URL. Error: `bad_request`, and `unsupported_media_type` for a text. */
function readPhotoText(bytes: Uint8Array): Result<Uint8Array<ArrayBuffer>, Problem> {
  const text = new TextDecoder().decode(bytes).trim();
  if (!text.startsWith("{")) return decodeBase64(text);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return err(brokenJson());
  }
  const fields = typeof body === "object" && body !== null ? body : {};
  const inputs = "inputs" in fields ? fields.inputs : undefined;
  if (inputs === undefined && "text" in fields) return err(readsPhotosOnly());
  if (typeof inputs !== "string") return err(noBase64Field());
  return decodeBase64(inputs);
}

/** The bytes of base64 text in either alphabet, with or without a data URL's beginning. Error: `bad_request`. */
function decodeBase64(text: string): Result<Uint8Array<ArrayBuffer>, Problem> {
  if (/^https?:/i.test(text)) return err(addressNotFetched());
  const base64 = text.replace(DATA_URL, "");
  const alphabet = /[-_]/.test(base64) ? "base64url" : "base64";
  try {
    return ok(Uint8Array.fromBase64(base64, { alphabet }));
  } catch {
    return err(brokenBase64());
  }
}

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
