/** Who may ask what an answer stands on. */
import type { Context } from "hono";
import type { Problem } from "../shared/problem.ts";
import type { AppEnv } from "./app-env.ts";
import { findRefusal } from "./middleware/require-access.ts";

/** Why whoever is asking may not: an explanation shows what the list of examples shows. Null where they may. */
export function refuseExplanation(c: Context<AppEnv>): Problem | null {
  return findRefusal(c, { method: "GET", path: "/v1/admin/examples" });
}
