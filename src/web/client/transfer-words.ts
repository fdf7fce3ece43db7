/** What an export and an import came to, in words. Pure. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ImportAnswer } from "./transfer-api.ts";

type ImportCounts = ImportAnswer["counts"];

/** Where an import starts. */
export const EMPTY_COUNTS: ImportCounts = { stored: 0, present: 0, replaced: 0, kept: 0, leftOut: 0, refused: 0 };

const BYTES_PER_MB = 1_000_000;
/** In the order in which they are told. */
const OUTCOMES = ["stored", "present", "replaced", "kept", "leftOut", "refused"] as const;
const { exporting, importing } = kitchen.transfer;

/** Sums the outcomes of the parts of one file. */
export function addCounts(one: ImportCounts, other: ImportCounts): ImportCounts {
  return {
    stored: one.stored + other.stored,
    present: one.present + other.present,
    replaced: one.replaced + other.replaced,
    kept: one.kept + other.kept,
    leftOut: one.leftOut + other.leftOut,
    refused: one.refused + other.refused,
  };
}

/** `1,203 rows, 2.4 MB`; the header is a line and no row. */
export function describeExport(bytes: number, lines: number): string {
  return exporting.size(Math.max(0, lines - 1), bytes / BYTES_PER_MB);
}

/** What adding a file would bring back, and why that is asked. */
export function describeReturning(photos: number, corrections: number): string {
  const found = [
    ...(photos > 0 ? [importing.returningPhotos(photos)] : []),
    ...(corrections > 0 ? [importing.returningCorrections(corrections)] : []),
  ];
  return importing.returning(kitchen.words.joinNames(found));
}

/** What became of the rows; what is zero is left out. */
export function describeImport(mode: string, counts: ImportCounts): string {
  const told = OUTCOMES.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => importing.counted(counts[outcome], importing.outcomes[outcome]))
    .join(", ");
  const words = told === "" ? importing.none : told;
  return mode === "restore" ? importing.restored(words) : importing.merged(words);
}
