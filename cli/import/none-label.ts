/** The folder, or the label of a list, whose photos are "not on the menu". */
import { NONE_ALIAS, NONE_ID } from "../../src/shared/none-label.ts";
import type { RemoteClass } from "./api-client.ts";

/** Takes photos like an item, and is none: nothing has to be made for it. */
export const NONE: RemoteClass = { id: NONE_ID, name: "not on the menu", aliases: [], archived: false };

/** True for `_none`, or the label's own id. */
export function isNoneLabel(label: string): boolean {
  return [NONE_ALIAS, NONE_ID].includes(label.trim().toLowerCase());
}
