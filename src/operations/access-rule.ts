/** Who may call an operation or open a page: the least role, and what lets guests in without one. */
import type { Role } from "../shared/role.ts";

/** Variables by which the operator lets guests in. */
export type Opening = "publicClassify" | "publicCorrections";

/** A caller passes with the role `least` or one above it; an opening that is on lets guests in without a role. */
export interface AccessRule {
  readonly least: Role;
  /** Guests may call it too when one of these is on. */
  readonly openedBy: readonly Opening[];
}

/** A rule as it is written: the role, then what opens it to guests. */
export function needs(least: Role, ...openedBy: Opening[]): AccessRule {
  return { least, openedBy };
}

/** The least role that a rule takes in this deployment. */
export function leastRole({ least, openedBy }: AccessRule, config: Readonly<Record<Opening, boolean>>): Role {
  return openedBy.some((opening) => config[opening]) ? "guest" : least;
}
