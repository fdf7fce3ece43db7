/**
 * Sends photos or texts to one menu item in batches, and keeps count. Those added meanwhile join the queue; when a request fails,
 * what was not taken in stays queued and `resume` continues with it.
 */
import type { Result } from "../../shared/result.ts";
import { EMPTY_SUMMARY, type ImportSummary } from "./import-summary.ts";
import type { Problem } from "./problem.ts";

/** Sends a batch; the summary of all so far, with what became of this one. */
export type SendBatch<T> = (batch: readonly T[], before: ImportSummary) => Promise<Result<ImportSummary, Problem>>;

interface UploaderOptions<T> {
  /** Small enough that the bar moves and that a lost connection costs little. */
  readonly batchSize: number;
  readonly sendBatch: SendBatch<T>;
  readonly onProgress: (done: number, total: number) => void;
  readonly onFinish: (summary: ImportSummary) => void;
  readonly onProblem: (problem: Problem) => void;
}

interface Uploader<T> {
  add(samples: readonly T[]): void;
  resume(): void;
}

/** Sends one batch at a time; after a problem it waits for `resume`. */
export function createUploader<T>(options: UploaderOptions<T>): Uploader<T> {
  let queue: readonly T[] = [];
  let done = 0;
  let isRunning = false;
  let summary = EMPTY_SUMMARY;

  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    let problem: Problem | null = null;
    while (queue.length > 0 && problem === null) {
      options.onProgress(done, done + queue.length);
      const batch = queue.slice(0, options.batchSize);
      const sent = await options.sendBatch(batch, summary);
      if (sent.ok) {
        summary = sent.value;
        queue = queue.slice(batch.length);
        done += batch.length;
      } else problem = sent.error;
    }
    isRunning = false;
    if (problem !== null) return options.onProblem(problem);
    options.onFinish(summary);
    summary = EMPTY_SUMMARY;
    done = 0;
  };

  return {
    add: (samples) => {
      queue = [...queue, ...samples];
      void run();
    },
    resume: () => void run(),
  };
}
