/** Which item of a menu a label means: by its id, otherwise by its name or an alias, as the API has it; `_none` is "not on the menu" where no item goes by it. Pure. */
import { toNameKey } from "../../src/shared/item-names.ts";
import type { RemoteClass } from "./api-client.ts";
import { isNoneLabel, NONE } from "./none-label.ts";

/** The item; null where there is none and one is to be made; or why its photos cannot be taught. */
export type Resolved = { readonly target: RemoteClass | null } | { readonly reason: string };

/** `label`: as it was written; `name`: what a new item would be called. */
export function resolveItem(label: string, name: string, menu: readonly RemoteClass[]): Resolved {
  const id = label.normalize("NFC");
  const keys = new Set([toNameKey(label), toNameKey(name)]);
  const goesBy = (item: RemoteClass) => [item.name, ...item.aliases].some((known) => keys.has(toNameKey(known)));
  const active = menu.filter((item) => !item.archived);
  const found = active.find((item) => item.id === id) ?? active.find(goesBy);
  if (found !== undefined) return { target: found };
  if (isNoneLabel(label)) return { target: NONE };
  const gone = menu.find((item) => item.archived && (item.id === id || goesBy(item)));
  if (gone === undefined) return { target: null };
  const heir = menu.find((item) => item.id === gone.mergedInto);
  if (gone.mergedInto === null || gone.mergedInto === undefined) {
    return { reason: `the item ${gone.name} is archived; restore it` };
  }
  return { reason: `the item ${gone.name} was merged into ${heir?.name ?? gone.mergedInto}; use that name` };
}
