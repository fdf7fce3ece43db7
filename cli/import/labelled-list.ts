/** What all lists of labelled photos are read into, whatever tool wrote them. Pure. */
import type { z } from "zod";
import { PURPOSES, type Purpose } from "../../src/shared/closed-lists.ts";
import type { LeftOut } from "./import-source.ts";

/** One photo of a list. */
export interface ListRow {
  /** Where the list has it: "line 3", "task 12". */
  readonly place: string;
  /** A path as the list writes it, or an address. */
  readonly source: string;
  readonly label: string;
  readonly purpose?: Purpose;
}

export interface LabelledList {
  readonly rows: readonly ListRow[];
  /** Rows that cannot be used. */
  readonly refused: readonly LeftOut[];
  /** Photos that nobody has labelled yet. */
  readonly skipped: readonly LeftOut[];
  readonly guesses: readonly string[];
}

/** What the person says of a list. */
export interface ListOptions {
  /** Names (of columns, or of a field and a control) or numbers from 1 on: the photo's and the label's. */
  readonly columns?: readonly [photo: string, label: string];
  readonly encoding?: string;
}

/** A row, or why there is none. */
export type ReadRow = ListRow | (LeftOut & { readonly isUnlabelled?: boolean });

/** Sorts rows from refusals. */
export function sortRows(read: readonly ReadRow[], guesses: readonly string[]): LabelledList {
  const left = read.filter((row) => "reason" in row);
  const toLeftOut = ({ isUnlabelled, ...rest }: (typeof left)[number]): LeftOut => rest;
  return {
    rows: read.filter((row) => "label" in row),
    refused: left.filter((row) => row.isUnlabelled !== true).map(toLeftOut),
    skipped: left.filter((row) => row.isUnlabelled === true).map(toLeftOut),
    guesses,
  };
}

/** The name of the column that says what a row is for, by its first line. */
export const PURPOSE_COLUMN = "purpose";

/** A purpose as a list writes it, to be spread into a row; a word that is none of them is a fault. */
export function readPurpose(cell: string | undefined): { readonly purpose?: Purpose } | { readonly reason: string } {
  const word = (cell ?? "").trim().toLowerCase();
  if (word === "") return {};
  const purpose = PURPOSES.find((one) => one === word);
  return purpose === undefined ? { reason: `has the purpose "${word}": write learn or test` } : { purpose };
}

const PHOTO_ENDING = /\.(jpe?g|jpe|jfif|pjpeg|png|webp|gif|heic|heif|avif|bmp|tiff?)$/i;

/** Whether a path or an address ends as photos do. */
export function endsLikePhoto(source: string): boolean {
  return PHOTO_ENDING.test(source.replace(/[?#].*$/s, "").trim());
}

/** Those values that are as the schema has them: an odd one never stops the rest. */
export function keepValid<T>(values: readonly unknown[], schema: z.ZodType<T>): T[] {
  return values.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}
