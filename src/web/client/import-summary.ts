/** The tally of an upload that goes out in batches, and its words. Pure. */
import type { ImportResults } from "./admin-answers.ts";
import { countOf } from "./numbers.ts";

export interface RefusedPhoto {
  readonly file: string;
  readonly reason: string;
}

export interface ImportSummary {
  readonly stored: number;
  readonly relabelled: number;
  readonly duplicates: number;
  readonly refused: readonly RefusedPhoto[];
}

export const EMPTY_SUMMARY: ImportSummary = { stored: 0, relabelled: 0, duplicates: 0, refused: [] };

export function addResults(summary: ImportSummary, results: ImportResults): ImportSummary {
  const refused = results.results
    .filter((result) => result.problem !== null)
    .map(({ file, problem }) => ({ file, reason: problem?.detail ?? "" }));
  return {
    stored: summary.stored + results.stored,
    relabelled: summary.relabelled + results.relabelled,
    duplicates: summary.duplicates + results.duplicates,
    refused: [...summary.refused, ...refused],
  };
}

export function refusePhoto(summary: ImportSummary, photo: RefusedPhoto): ImportSummary {
  return { ...summary, refused: [...summary.refused, photo] };
}

/** One sentence with every count that is not zero. */
export function describeSummary({ stored, relabelled, duplicates, refused }: ImportSummary): string {
  const parts = [
    stored > 0 ? `${countOf(stored, "photo")} added` : "",
    relabelled > 0 ? `${relabelled} moved here from another item` : "",
    duplicates > 0 ? `${duplicates} known already` : "",
    refused.length > 0 ? `${refused.length} refused` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "Nothing was added." : `${parts.join(", ")}.`;
}
