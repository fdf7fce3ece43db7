/**
 * Sends photos to one menu item: shrinks each in the browser, sends them in batches, and keeps count. Photos added
 * meanwhile join the queue; when a request fails, what was not taken in stays queued and `resume` goes on with it.
 */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { sendExamples } from "./admin-api.ts";
import type { PhotoLimits } from "./answers.ts";
import { addResults, EMPTY_SUMMARY, type ImportSummary, refusePhoto } from "./import-summary.ts";
import type { Problem } from "./problem.ts";
import { shrinkPhoto } from "./shrink-photo.ts";

/** Small enough that the bar moves and that a lost connection costs little. */
const BATCH_PHOTOS = 10;

interface UploaderOptions {
  readonly itemId: string;
  readonly limits: PhotoLimits;
  readonly onProgress: (done: number, total: number) => void;
  readonly onFinish: (summary: ImportSummary) => void;
  readonly onProblem: (problem: Problem) => void;
}

interface Uploader {
  add(photos: readonly File[]): void;
  resume(): void;
}

/** Sends one batch at a time; after a problem it waits for `resume`. */
export function createUploader(options: UploaderOptions): Uploader {
  let queue: readonly File[] = [];
  let done = 0;
  let isRunning = false;
  let summary = EMPTY_SUMMARY;

  const sendBatch = async (batch: readonly File[]): Promise<Problem | null> => {
    const packed = await packBatch(batch, options.limits, summary);
    if (packed.count > 0) {
      const answer = await sendExamples(options.itemId, packed.form);
      if (!answer.ok) return answer.error;
      if (answer.value.results.some(({ problem }) => problem !== null)) await kitchen.frame.prepareToExplain();
      summary = addResults(packed.summary, answer.value);
    } else summary = packed.summary;
    return null;
  };

  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    let problem: Problem | null = null;
    while (queue.length > 0 && problem === null) {
      options.onProgress(done, done + queue.length);
      const batch = queue.slice(0, BATCH_PHOTOS);
      problem = await sendBatch(batch);
      if (problem !== null) break;
      queue = queue.slice(batch.length);
      done += batch.length;
    }
    isRunning = false;
    if (problem !== null) return options.onProblem(problem);
    options.onFinish(summary);
    summary = EMPTY_SUMMARY;
    done = 0;
  };

  return {
    add: (photos) => {
      queue = [...queue, ...photos];
      void run();
    },
    resume: () => void run(),
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
      summary = refusePhoto(summary, { file: file.name, reason: kitchen.items.upload.tooLarge });
    } else {
      form.append("image", small, file.name);
      count += 1;
    }
  }
  return { form, count, summary };
}
