/** The folder, or the label of a list, whose photos are "not on the menu". */
import { NONE_ALIAS, NONE_ID } from "../../src/shared/none-label.ts";
import type { RemoteClass } from "./api-client.ts";

/** Takes photos like an item, and is none: nothing has to be made for it. */
const NONE: RemoteClass = { id: NONE_ID, name: "not on the menu", aliases: [], archived: false };

/** True for `_none`, or the label's own id. */
export function isNoneFolder(folder: string): boolean {
  return [NONE_ALIAS, NONE_ID].includes(folder.trim().toLowerCase());
}

/** Where the photos go: to the item that goes by exactly this, as the API has it, else to "not on the menu". */
export function findNone(folder: string, remote: readonly RemoteClass[]): RemoteClass {
  const wanted = folder.trim().toLowerCase();
  const isIt = ({ id, name, aliases }: RemoteClass) =>
    [id, name, ...aliases].some((own) => own.toLowerCase() === wanted);
  return remote.find((item) => !item.archived && isIt(item)) ?? NONE;
}
