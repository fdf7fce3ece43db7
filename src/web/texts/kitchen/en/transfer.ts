/** Export and import, in English. */
import type { Sentence } from "../../../../shared/sentence.ts";
import { count, formatTenths, words } from "./words.ts";

export const transfer = {
  title: "Export and import",
  exporting: {
    note: "One file holds the menu, all labels, corrections and versions. Photos and keys are not in it.",
    button: "Export everything",
    /** `1,203 rows, 2.4 MB`. */
    size: (rows: number, megabytes: number) =>
      `${count(rows, { one: "row", other: "rows" })}, ${formatTenths(megabytes)} MB`,
    done: (size: string) => `Exported: ${size}.`,
    nothing: "The server sent nothing.",
    again: (fault: string) => `${fault} Try again.`,
  },
  faults: {
    foreign: "That is not an export of Headstart.",
    cutOff: "The file is cut off: its last line is missing.",
    changed: "The file has been changed since it was exported.",
  },
  importing: {
    file: "Import an export",
    merge: "Add it to what is here",
    note: "An empty kitchen becomes what the file says. If there are items already, the file can only be added to them, and what is here stays. If the import breaks off, choose the file again: nothing is stored twice.",
    abort: "Give up the restore",
    abortNote:
      "A restore that broke off keeps training waiting for up to a day. Choose its file again to go on, or give it up: what has arrived stays.",
    aborted: "The restore was given up. What has arrived stays, and training goes on.",
    bar: "Imported",
    checking: "Checking the file …",
    /** What a merge brings back, before it is done. */
    returning: (found: string) =>
      `Something was forgotten here after this file was saved. The file holds what is not here: ${found}. If the file comes from here, adding it brings back what people wanted forgotten.`,
    returningPhotos: (photos: number) => count(photos, { one: "photo", other: "photos" }),
    returningCorrections: (corrections: number) => count(corrections, { one: "correction", other: "corrections" }),
    addAnyway: "Add it anyway",
    leave: "Do not add it",
    left: "Nothing was added.",
    progress: (done: number, rows: number) => `${words.formatCount(done)} of ${words.formatCount(rows)} rows done`,
    /** What became of rows. */
    outcomes: {
      stored: "stored",
      present: "here already",
      replaced: "replaced",
      kept: "kept as they were here",
      leftOut: "left out",
      refused: "refused",
    },
    /** One of the counts that are told. */
    counted: (rows: number, outcome: string) => `${words.formatCount(rows)} ${outcome}`,
    none: "no rows",
    restored: (told: string) => `Restored: ${told}.`,
    merged: (told: string) => `Merged: ${told}.`,
    rows: "Rows that were refused or kept as they were here",
    row: (line: number, kind: string, outcome: string, reason: string | null, _says: readonly Sentence[]) =>
      `Line ${line}${kind === "" ? "" : ` (${kind})`} ${outcome}${reason === null ? "" : `: ${reason}`}`,
  },
};
