/** The photos of a list as an import takes them, by item. Those that cannot be had are refused with the reason. */
import path from "node:path";
import { downloadPhoto, isAddress } from "./download-photo.ts";
import { groupByItem, type ImportSource, type LabelledPhoto } from "./import-source.ts";
import type { LabelledList, ListRow } from "./labelled-list.ts";
import { createLocator, type LocatePhoto } from "./locate-photo.ts";

export interface GatherOptions {
  /** The list's folder. */
  readonly root: string;
  /** Where downloads go; null when none is allowed. */
  readonly downloads: string | null;
}

/** Finds or downloads each photo. One that a list names twice under one label counts once. */
export async function gatherList(list: LabelledList, { root, downloads }: GatherOptions): Promise<ImportSource> {
  const locate = await createLocator(path.resolve(root));
  const labelled: LabelledPhoto[] = [];
  for (const row of list.rows) labelled.push(await gatherRow(row, locate, downloads));
  const { refused, skipped, guesses } = list;
  return { items: groupByItem(labelled), refused, skipped, hidden: 0, guesses };
}

async function gatherRow(row: ListRow, locate: LocatePhoto, downloads: string | null): Promise<LabelledPhoto> {
  const { label, place, source, purpose } = row;
  const located = isAddress(source) ? await downloadPhoto(source, downloads) : await locate(source);
  const photo = located.reason === undefined ? { path: located.path } : { reason: located.reason };
  const meant = purpose === undefined ? {} : { purpose };
  return { label, name: label, photo: { file: source, place, ...meant, ...photo } };
}
