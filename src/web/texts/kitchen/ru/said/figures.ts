/** Figures and names in sentences of the API, in Russian. */
import type { Role } from "../../../../../shared/role.ts";
import { words } from "../words.ts";

/** `93,5 %` of a share between 0 and 1. */
export function percent(share: number): string {
  return `${decimals(100 * share, 1)}\u00a0%`;
}

/** With so many places behind the comma. */
export function decimals(value: number, places: number): string {
  return value.toFixed(places).replace(".", ",");
}

/** Rounded down: what is said to fit does fit. */
export function megabytes(bytes: number): string {
  return `${words.formatCount(Math.floor(bytes / 1e5) / 10)}\u00a0МБ`;
}

const ROLES: Readonly<Record<Role, string>> = {
  guest: "гость",
  classify: "спрашивать",
  label: "добавлять фото",
  review: "разбирать поправки",
  admin: "администратор",
};

/** What a key of the role may do. */
export function nameRole(role: Role): string {
  return ROLES[role];
}
