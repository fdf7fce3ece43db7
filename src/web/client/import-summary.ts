/** The tally of an upload that goes out in batches, and its words. Pure. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ImportResults } from "./admin-answers.ts";

interface RefusedPhoto {
  readonly file: string;
  readonly reason: string;
}

/** Counts of photos over all batches so far, and what was refused with the reason. */
export interface ImportSummary {
  readonly stored: number;
  readonly relabelled: number;
  readonly duplicates: number;
  readonly pending: number;
  readonly refused: readonly RefusedPhoto[];
}

/** Where every upload starts. */
export const EMPTY_SUMMARY: ImportSummary = { stored: 0, relabelled: 0, duplicates: 0, pending: 0, refused: [] };

/** Adds what the server said of one batch; reasons are put into the page's language. */
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

/** For a photo that never reached the server. */
export function refusePhoto(summary: ImportSummary, photo: RefusedPhoto): ImportSummary {
  return { ...summary, refused: [...summary.refused, photo] };
}

/** One sentence with every count that is not zero. */
export function describeSummary(summary: ImportSummary): string {
  return kitchen.items.upload.summary({ ...summary, refused: summary.refused.length });
}
