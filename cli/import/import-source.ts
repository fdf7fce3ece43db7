/** What an import reads, in whatever form it came: photos by item, and what of it cannot be used. Pure. */

import type { Purpose } from "../../src/shared/closed-lists.ts";
import { toNameKey } from "../../src/shared/item-names.ts";

/** Something that is not sent, and why. */
export interface LeftOut {
  /** As the person knows it: a path, an address, the name of a task. */
  readonly file: string;
  readonly reason: string;
  /** Where a list names it: "line 3", "task 12". */
  readonly place?: string;
}

/** Something that can be sent. */
export interface SourceSample {
  /** As the person knows it. */
  readonly file: string;
  readonly place?: string;
  /** What it is for, where a list has a column that says so. */
  readonly purpose?: Purpose;
}

/** A text of a list; `file` is how it begins. */
export interface SourceText extends SourceSample {
  readonly text: string;
}

/** A photo on this machine. */
export interface SourcePhoto extends SourceSample {
  /** Where its bytes are. */
  readonly path: string;
}

/** The photos, or texts, that go by one name. */
export interface SourceItem<S extends SourceSample = SourcePhoto> {
  /** The label or the folder, as it was written. */
  readonly label: string;
  /** What the item is called where it is new. */
  readonly name: string;
  readonly photos: readonly S[];
  readonly refused: readonly LeftOut[];
}

export interface ImportSource {
  readonly items: readonly SourceItem[];
  /** Rows and photos that belong to no item. */
  readonly refused: readonly LeftOut[];
  /** What is not a photo, or has no label yet. Hidden files are not listed, only counted. */
  readonly skipped: readonly LeftOut[];
  readonly hidden: number;
  /** What was taken for granted without being told: encoding, separator, columns, splits. */
  readonly guesses: readonly string[];
}

/** A photo, or why there is none, and its label. */
export interface LabelledPhoto {
  readonly label: string;
  readonly name: string;
  readonly photo: SourcePhoto | LeftOut;
}

/** One item per name, whatever its case, width and spacing, in the order in which they first come. */
export function groupByItem(labelled: readonly LabelledPhoto[]): SourceItem[] {
  return mergeItems(
    labelled.map(({ label, name, photo }) => {
      return {
        label,
        name,
        ...("path" in photo ? { photos: [photo], refused: [] } : { photos: [], refused: [photo] }),
      };
    }),
  );
}

/** The same for items that several lists or folders have. */
export function mergeItems(items: readonly SourceItem[]): SourceItem[] {
  return [...Map.groupBy(items, ({ name }) => toNameKey(name)).values()].map((same) => ({
    label: same[0].label,
    name: same[0].name,
    photos: same.flatMap(({ photos }) => photos),
    refused: same.flatMap(({ refused }) => refused),
  }));
}

/** A folder's name for people: underscores between words become spaces, nothing else changes. */
export function nameOfFolder(folder: string): string {
  return folder
    .normalize("NFC")
    .replace(/(?<=[\p{L}\p{M}\p{N}])_(?=[\p{L}\p{N}])/gu, " ")
    .trim();
}
