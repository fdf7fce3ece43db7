/** What every label is called: the items, and what is on no menu. And which of them a sample may have. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import type { ItemNames } from "./version-words.ts";

/** What a sample may be labelled. */
export type Label = Pick<ItemClass, "id" | "name">;

/** Archived items keep their names. */
export function nameItems(classes: readonly ItemClass[]): ItemNames {
  return new Map([...classes.map(({ id, name }) => [id, name] as const), [NONE_ID, kitchen.none.name]]);
}

/** The items that can have photos, and "not on the menu". */
export function listLabels(classes: readonly ItemClass[]): readonly Label[] {
  return [...classes.filter(({ archived }) => !archived), { id: NONE_ID, name: kitchen.none.title }];
}
