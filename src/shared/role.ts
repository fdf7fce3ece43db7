/** What somebody may do here: five steps, each of which includes those before it. Knows no route and no secret. */

/** What a key can be given. */
export const KEY_ROLES = ["classify", "label", "review", "admin"] as const;
/** A role that an API key can carry: all but `guest`, who has no key. */
export type KeyRole = (typeof KEY_ROLES)[number];

/** From nobody in particular to the owner; the order is the order of power. */
export const ROLES = ["guest", ...KEY_ROLES] as const;
/** Compare two roles with `reaches`, never with `===`: each includes those before it. */
export type Role = (typeof ROLES)[number];

/** True when `role` may do all that `least` may. */
export function reaches(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}
