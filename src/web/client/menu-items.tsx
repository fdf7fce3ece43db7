/** The menu in the kitchen: the cards of its first items, a field that finds one by its name, and the archived ones folded away. */
import { useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, LiveHead } from "./admin-answers.ts";
import { roomAtFirst, useCut } from "./cut.tsx";
import { filterItems } from "./filter-items.ts";
import { ItemCard, type Taught } from "./item-card.tsx";
import { NoneCard } from "./none-card.tsx";
import { isAdmin } from "./role.ts";
import type { BroughtFiles } from "./sending.tsx";

const texts = kitchen.items;

/** A phone's few are as long as its form; a wide window has rows of three. */
const ROOM = { small: 6, large: 12 };

/** Whether a new card behind `items` others would be out of sight as soon as it has come. */
export function isOutOfSight(items: number): boolean {
  return items >= roomAtFirst(ROOM);
}

interface MenuItemsProps extends Taught {
  /** Photos that are labelled "not on the menu". */
  readonly strangers: number;
  readonly live: LiveHead | null;
  /** By the id of the item that it came with. */
  readonly brought: ReadonlyMap<string, BroughtFiles>;
  /** Ids of the items that stand before all others. */
  readonly ahead: readonly string[];
}

/** Keeps its cards from refresh to refresh, because one may be in the middle of an upload. */
export function MenuItems({ strangers, live, brought, ahead, ...taught }: MenuItemsProps) {
  const { classes, limits, refresh } = taught;
  const [query, search] = useState("");
  const items = putAhead(
    ahead,
    classes.filter(({ archived }) => !archived),
  );
  const found = new Set(filterItems(items, query));
  const { list, room, shown, button } = useCut<HTMLDivElement>(ROOM, found.size);
  const seen = new Set(items.filter((item) => found.has(item)).slice(0, shown));
  return (
    <>
      {items.length === 0 && <p class="empty">{isAdmin() ? texts.empty : texts.emptyForOthers}</p>}
      <div>
        <label class="field item-finder" hidden={items.length <= room && query === ""}>
          <span class="field-name small">{kitchen.picker.find}</span>
          <input type="search" autocomplete="off" onInput={({ currentTarget }) => search(currentTarget.value)} />
        </label>
        <p class="soft" role="status">
          {found.size === 0 && items.length > 0 && kitchen.picker.none}
        </p>
      </div>
      <div class="items" ref={list}>
        {items.map((item) => (
          <ItemCard key={item.id} {...{ ...taught, item, isShown: seen.has(item), brought: brought.get(item.id) }} />
        ))}
      </div>
      {button}
      {items.length > 0 && (
        <div class="items items-none">
          <NoneCard {...{ examples: strangers, live, limits, refresh }} />
        </div>
      )}
      <Archived {...taught} />
    </>
  );
}

function Archived(taught: Taught) {
  const archived = taught.classes.filter((item) => item.archived);
  return (
    <details class="archived" hidden={archived.length === 0}>
      <summary>{texts.archivedItems(archived.length)}</summary>
      <div class="items">
        {archived.map((item) => (
          <ItemCard key={item.id} {...{ ...taught, item, isShown: true }} />
        ))}
      </div>
    </details>
  );
}

function putAhead(ahead: readonly string[], items: readonly ItemClass[]): readonly ItemClass[] {
  if (ahead.length === 0) return items;
  const first = ahead.flatMap((id) => items.find((item) => item.id === id) ?? []);
  return [...first, ...items.filter(({ id }) => !ahead.includes(id))];
}
