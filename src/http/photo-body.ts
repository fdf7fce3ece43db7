/** The one photo that a request carries, as a raw body or as the multipart field `image`. */
import type { Context } from "hono";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { AppEnv } from "./app-env.ts";
import { contentType, isMultipart, readMultipart, readPhotoBytes, type UploadedFile } from "./request-body.ts";

/** Room for boundaries and text fields around one photo. */
const MULTIPART_OVERHEAD_BYTES = 64 * 1024;
const RAW_PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif", "application/octet-stream"];

export interface PhotoBody {
  readonly image: UploadedFile;
  readonly fields: Record<string, string>;
}

/** Reads it within the limit of one photo; the format is decided later, by the file's own bytes. */
export async function readPhotoBody(c: Context<AppEnv>): Promise<Result<PhotoBody, Problem>> {
  const { maxImageBytes } = c.get("services").config;
  if (isMultipart(c)) {
    const form = await readMultipart(c, maxImageBytes + MULTIPART_OVERHEAD_BYTES);
    if (!form.ok) return form;
    const [image, ...others] = form.value.images;
    if (image === undefined)
      return err(problem("bad_request", "image: send the photo in the multipart field `image`."));
    if (others.length > 0) return err(problem("bad_request", "image: send one photo at a time."));
    return ok({ image, fields: form.value.fields });
  }
  const type = contentType(c).split(";")[0].trim().toLowerCase();
  if (type !== "" && !RAW_PHOTO_TYPES.includes(type)) {
    const advice = "Send image/jpeg, image/png, image/webp, image/gif, or multipart/form-data with the field `image`.";
    return err(problem("unsupported_media_type", `Content-Type ${type} is not a photo. ${advice}`));
  }
  const bytes = await readPhotoBytes(c, maxImageBytes);
  return bytes.ok ? ok({ image: { name: "", bytes: bytes.value }, fields: {} }) : bytes;
}
