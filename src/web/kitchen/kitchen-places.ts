/**
 * The places of the kitchen: each has an address of its own, a script that brings no more than it shows, and the least role that
 * has anything to do there.
 */
import { type Role, reaches } from "../../shared/role.ts";
import type { KitchenTexts } from "../texts/kitchen/en.ts";

/** Each a heading, an entry of `client/`, and where it is more than one of a kind, an address for each. */
export type PlaceName = "today" | "menu" | "item" | "look" | "map" | "versions" | "settings";

interface Place {
  /** In `/assets/`, without language and ending. */
  readonly script: string;
  /** Beyond those that every place has. */
  readonly styles: readonly string[];
  readonly least: Role;
}

/** By name; the addresses are those of `http/pages/pages.tsx`. */
export const PLACES: Readonly<Record<PlaceName, Place>> = {
  today: {
    script: "admin",
    styles: ["admin-today", "admin-cards", "admin-queue", "admin-because", "admin-pictures"],
    least: "review",
  },
  menu: { script: "admin-menu", styles: ["admin-cards"], least: "label" },
  item: { script: "admin-item", styles: ["admin-cards", "admin-pictures"], least: "label" },
  look: { script: "admin-look", styles: ["admin-look"], least: "review" },
  map: { script: "admin-map", styles: ["admin-look", "admin-map"], least: "review" },
  versions: {
    script: "admin-versions",
    styles: ["admin-because", "admin-pictures", "admin-versions"],
    least: "review",
  },
  settings: { script: "admin-settings", styles: ["admin-cards", "admin-places"], least: "review" },
};

/** What the navigation offers, in its order. */
export const NAVIGATION = [
  ["today", "/admin"],
  ["menu", "/admin/menu"],
  ["versions", "/admin/versions"],
  ["settings", "/admin/settings"],
] as const;

/** What its title and the way to it read. */
export function nameOfPlace(place: PlaceName, { frame, items, versions }: KitchenTexts): string {
  if (place === "menu") return items.section.title;
  return place === "versions" ? versions.section.title : frame.places[place];
}

/** If a place is not for this visitor, the menu takes its place: it is for everybody in the kitchen and says what is theirs. */
export function placeFor(visitor: Role, wanted: PlaceName): PlaceName {
  return reaches(visitor, PLACES[wanted].least) ? wanted : "menu";
}
