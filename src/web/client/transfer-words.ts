/** What an export and an import came to, in words. Pure. */
import { countOf } from "./numbers.ts";
import type { ImportAnswer } from "./transfer-api.ts";

export type ImportCounts = ImportAnswer["counts"];

export const EMPTY_COUNTS: ImportCounts = { stored: 0, present: 0, replaced: 0, kept: 0, leftOut: 0, refused: 0 };

const BYTES_PER_MB = 1_000_000;

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
  return `${countOf(Math.max(0, lines - 1), "row")}, ${(bytes / BYTES_PER_MB).toFixed(1)} MB`;
}

/** What became of the rows; what is zero is left out. */
export function describeImport(mode: string, counts: ImportCounts): string {
  const parts: readonly (readonly [number, string])[] = [
    [counts.stored, "stored"],
    [counts.present, "here already"],
    [counts.replaced, "replaced"],
    [counts.kept, "kept as they were here"],
    [counts.leftOut, "left out"],
    [counts.refused, "refused"],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, words]) => `${count.toLocaleString("en")} ${words}`);
  return `${mode === "restore" ? "Restored" : "Merged"}: ${told.length === 0 ? "no rows" : told.join(", ")}.`;
}
