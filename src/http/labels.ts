/** `POST /v1/labels`: a correction, by receipt or by photo. An admin's counts at once, a guest's waits for review. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { requireSameBackbone } from "../store/backbone-guard.ts";
import { labelPhotos } from "../store/labels.ts";
import { requireActiveClass } from "../store/menu.ts";
import { type Correction, isReviewQueueFull, storeCorrection } from "../store/reviews.ts";
import type { AppEnv } from "./app-env.ts";
import { embedPhoto } from "./embed-photo.ts";
import { readPhotoBody } from "./photo-body.ts";
import { respondProblem } from "./problem-response.ts";
import { openReceipt } from "./receipt.ts";
import { receiptKey } from "./receipt-key.ts";
import { checkFields, isMultipart, readJson } from "./request-body.ts";
import { thumbnailSchema } from "./thumbnail.ts";

const label = z.string({ error: "is missing; give a menu item's id" }).min(1).max(64);
const receiptSchema = z.strictObject({
  receipt: z
    .string({ error: "is missing; send the receipt of an answer, or a photo as multipart/form-data" })
    .max(16_384),
  label,
  thumbnail: thumbnailSchema.optional(),
});
const photoFieldsSchema = z.object({ label, thumbnail: thumbnailSchema.optional() });

export const labelRoutes = new Hono<AppEnv>().post("/", async (c) => {
  const read = isMultipart(c) ? await readPhotoCorrection(c) : await readReceiptCorrection(c);
  if (!read.ok) return respondProblem(c, read.error);
  const correction = read.value;
  const { db, clock } = c.get("services");
  const item = await requireActiveClass(db, correction.label);
  if (!item.ok) return respondProblem(c, item.error);
  const same = await requireSameBackbone(db, correction.photo.backboneId);
  if (!same.ok) return respondProblem(c, same.error);

  const answer = { photo: correction.photo.photoId, label: correction.label };
  if (c.get("role") === "admin") {
    const [outcome] = await labelPhotos(db, correction.label, [correction.photo], "admin", clock());
    const stored = outcome !== "duplicate";
    return c.json({ ...answer, status: "counted", stored }, stored ? 201 : 200);
  }
  if (await isReviewQueueFull(db)) {
    const detail = "So many corrections wait for the staff that no more can be taken. Try again later.";
    return respondProblem(c, problem("review_queue_full", detail));
  }
  const stored = await storeCorrection(db, correction, clock());
  return c.json({ ...answer, status: "pending", stored }, stored ? 201 : 200);
});

async function readReceiptCorrection(c: Context<AppEnv>): Promise<Result<Correction, Problem>> {
  const body = await readJson(c, receiptSchema);
  if (!body.ok) return body;
  const { config, loadEmbedder, clock } = c.get("services");
  const opened = await openReceipt(body.value.receipt, await receiptKey(config.receiptSecret), clock());
  if (!opened.ok) return opened;
  const { photo, guess } = opened.value;
  const { manifest } = await loadEmbedder();
  if (photo.backboneId !== manifest.id) {
    return err(problem("backbone_mismatch", "The backbone has changed since this answer. Classify the photo again."));
  }
  return ok({ photo, guess, label: body.value.label, thumbnail: body.value.thumbnail ?? null });
}

async function readPhotoCorrection(c: Context<AppEnv>): Promise<Result<Correction, Problem>> {
  const body = await readPhotoBody(c);
  if (!body.ok) return body;
  const fields = checkFields(body.value.fields, photoFieldsSchema);
  if (!fields.ok) return fields;
  const embedded = await embedPhoto(c, body.value.image.bytes);
  if (!embedded.ok) return embedded;
  const { label: classId, thumbnail } = fields.value;
  return ok({ photo: embedded.value.photo, guess: null, label: classId, thumbnail: thumbnail ?? null });
}
