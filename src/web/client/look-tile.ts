/** One example of a grid: a picture with a line below it, or the same in words where no picture is kept. The build knows nothing of which. */

import type { LookTexts } from "../texts/kitchen/en/look.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";
import { describeExample, shortPhoto } from "./example-words.ts";
import type { Example } from "./label-answers.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** An example, and what its list says of it. */
export interface Tile extends Omit<Example, "source" | "absorbed" | "labelledAt"> {
  /** Where it comes from and whether it is learnt; empty where the list does not say. */
  readonly about: string;
  /** What stands below the picture beside the label: what was answered, what it speaks for. */
  readonly mark: string;
  /** The label that its list is about; one that has another by now no longer belongs. */
  readonly listedAs: string;
}

/** How a tile is told of. */
export interface TileContext {
  readonly texts: LookTexts;
  readonly names: ItemNames;
  /** Whether all tiles have one label, which then need not stand on each. */
  readonly isOneItem: boolean;
}

/** A tile of an example as lists of the API have it. */
export function toTile(example: Example, mark = "", listedAs = example.label): Tile {
  const { photo, label, purpose, confirmedAt, picture, text } = example;
  return { photo, label, purpose, confirmedAt, picture, text, about: describeExample(example), mark, listedAs };
}

/** All that is said of it, for those who do not see it. */
export function describeTile(tile: Tile, { names, texts }: Omit<TileContext, "isOneItem">): string {
  const parts = [
    nameOf(names, tile.label),
    tile.mark,
    tile.text ?? "",
    ...flagsOf(tile, texts),
    shortPhoto(tile.photo),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function flagsOf({ purpose, confirmedAt }: Tile, texts: LookTexts): readonly string[] {
  return [...(purpose === "test" ? [texts.flags.aside] : []), ...(confirmedAt === null ? [] : [texts.flags.confirmed])];
}

/** Puts into `option` what it shows now, which is its name as well; called again when the example has changed. */
export function fillTile(option: HTMLElement, tile: Tile, { isOneItem, names, texts }: TileContext): void {
  const label = nameOf(names, tile.label);
  const caption = createElement("span", { class: "tile-words" });
  for (const text of [...(isOneItem ? [] : [label]), tile.mark]) {
    if (text !== "") caption.append(createElement("span", { text }));
  }
  for (const flag of flagsOf(tile, texts)) caption.append(createElement("span", { class: "tile-flag", text: flag }));
  // What stands on every tile of an item, and what tells two pictures apart, is for those who do not see them.
  const unseen = [...(isOneItem ? [label] : []), ...(hasFace(tile) ? [shortPhoto(tile.photo)] : [])].join(", ");
  const hidden = unseen === "" ? [] : [createElement("span", { class: "visually-hidden", text: unseen })];
  option.replaceChildren(createFace(tile), caption, ...hidden);
}

function hasFace({ picture, text }: Tile): boolean {
  return picture || text !== null;
}

function createFace({ photo, picture, text, about }: Tile): HTMLElement {
  if (picture) {
    const src = pictureOf(photo);
    const attributes = { src, alt: "", loading: "lazy", decoding: "async", draggable: "false" };
    return createElement("img", { class: "tile-picture", attributes });
  }
  if (text !== null) return createElement("span", { class: "tile-text", text });
  const code = createElement("code", { text: shortPhoto(photo) });
  const words = createElement("span", { class: "tile-text" }, code);
  words.append(about === "" ? "" : ` ${about}`);
  return words;
}

/** Where its picture, or its whole text, is to be had. */
export function pictureOf(photo: string): string {
  return `/v1/admin/examples/${photo}/picture`;
}

/** What a picture is called where it stands alone. */
export const PICTURE_NAME = kitchen.itemTools.photos.picture;
