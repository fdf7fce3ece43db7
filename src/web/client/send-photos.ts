/** Photos of an item on their way: each is shrunk in the browser, and they go several to a request. */
import { ok } from "../../shared/result.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { sendExamples } from "./admin-api.ts";
import type { PhotoLimits } from "./answers.ts";
import { shrinkPhoto } from "./shrink-photo.ts";
import { addResults, type ImportSummary, refuseSample, type SendBatch } from "./uploader.ts";

/** Photos of one request: small enough that the bar moves and that a lost connection costs little. */
export const BATCH_PHOTOS = 10;

/** Sends batches of files to one item, within the server's `limits`. */
export function createPhotoSender(itemId: string, limits: PhotoLimits): SendBatch<File> {
  return async function sendPhotos(batch, before) {
    const packed = await packBatch(batch, limits, before);
    if (packed.count === 0) return ok(packed.summary);
    const answer = await sendExamples(itemId, packed.form);
    if (!answer.ok) return answer;
    if (answer.value.results.some(({ problem }) => problem !== null)) await kitchen.frame.prepareToExplain();
    return ok(addResults(packed.summary, answer.value));
  };
}

interface PackedBatch {
  readonly form: FormData;
  readonly count: number;
  readonly summary: ImportSummary;
}

/** A photo that stays over the server's limit is refused here: it would take the whole batch down with it. */
async function packBatch(batch: readonly File[], limits: PhotoLimits, before: ImportSummary): Promise<PackedBatch> {
  const form = new FormData();
  let summary = before;
  let count = 0;
  for (const file of batch) {
    const small = await shrinkPhoto(file, limits);
    if (small.size > limits.maxImageBytes) {
      summary = refuseSample(summary, { file: file.name, reason: kitchen.items.upload.tooLarge });
    } else {
      form.append("image", small, file.name);
      count += 1;
    }
  }
  return { form, count, summary };
}
