/** What every label is called: the items, and what is on no menu. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import type { ItemNames } from "./version-words.ts";

/** Archived items keep their names. */
export function nameItems(classes: readonly ItemClass[]): ItemNames {
  return new Map([...classes.map(({ id, name }) => [id, name] as const), [NONE_ID, kitchen.none.name]]);
}
