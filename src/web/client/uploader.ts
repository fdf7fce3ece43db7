/**
 * Sends photos or texts to one menu item in batches, and keeps count. Those added meanwhile join the queue; when a request fails,
 * what was not taken in stays queued and `resume` continues with it.
 */
import type { Result } from "../../shared/result.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ImportResults } from "./admin-answers.ts";
import type { Problem } from "./problem.ts";

/** A photo or text that was not taken in, and why. */
export interface RefusedSample {
  readonly file: string;
  readonly reason: string;
}

/** Counts over all batches so far, and what was refused. */
export interface ImportSummary {
  readonly stored: number;
  readonly relabelled: number;
  readonly duplicates: number;
  readonly pending: number;
  readonly refused: readonly RefusedSample[];
}

/** Where every upload starts. */
export const EMPTY_SUMMARY: ImportSummary = { stored: 0, relabelled: 0, duplicates: 0, pending: 0, refused: [] };

/** Adds what the server said of one batch; reasons are put into the page's language. Pure. */
export function addResults(summary: ImportSummary, results: ImportResults): ImportSummary {
  const refused = results.results.flatMap(({ file, problem }) =>
    problem === null ? [] : [{ file, reason: kitchen.frame.explain(problem) }],
  );
  return {
    stored: summary.stored + results.stored,
    relabelled: summary.relabelled + results.relabelled,
    duplicates: summary.duplicates + results.duplicates,
    pending: summary.pending + results.pending,
    refused: [...summary.refused, ...refused],
  };
}

/** For one that never reached the server. Pure. */
export function refuseSample(summary: ImportSummary, sample: RefusedSample): ImportSummary {
  return { ...summary, refused: [...summary.refused, sample] };
}

/** One sentence with every count that is not zero. */
export function describeSummary(summary: ImportSummary): string {
  return kitchen.items.upload.summary({ ...summary, refused: summary.refused.length });
}

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
  /** `onEnd` hears when all that waits has come, or cannot. */
  add(samples: readonly T[], onEnd?: () => void): void;
  resume(): void;
}

/** Sends one batch at a time; after a problem it waits for `resume`. */
export function createUploader<T>(options: UploaderOptions<T>): Uploader<T> {
  let queue: readonly T[] = [];
  let waiting: readonly (() => void)[] = [];
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
    for (const onEnd of waiting) onEnd();
    waiting = [];
    if (problem !== null) return options.onProblem(problem);
    options.onFinish(summary);
    summary = EMPTY_SUMMARY;
    done = 0;
  };

  return {
    add: (samples, onEnd) => {
      queue = [...queue, ...samples];
      if (onEnd !== undefined) waiting = [...waiting, onEnd];
      void run();
    },
    resume: () => void run(),
  };
}
