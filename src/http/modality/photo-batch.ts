/** Many photos in one form, for uploads of examples. */

import type { Context } from "hono";
import { noPhotoFields, tooManyPhotos } from "../../shared/english/photos.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { AppEnv } from "../app-env.ts";
import type { UploadedFile } from "../multipart.ts";
import { readMultipart } from "../request-body.ts";

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
