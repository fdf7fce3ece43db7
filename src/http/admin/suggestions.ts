/** `/v1/admin/suggestions`: what guests miss on the menu, most wanted first, and taking it off the list. */

import { Hono } from "hono";
import { noSuchSuggestion } from "../../shared/english/labels.ts";
import { deleteSuggestion, listSuggestions } from "../../store/suggestions.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";

/** Mounted at `/v1/admin/suggestions`. */
export const adminSuggestionRoutes = new Hono<AppEnv>()
  .get("/", async (c) => {
    const found = await listSuggestions(c.get("services").db);
    const suggestions = found.map(({ lastAt, ...rest }) => ({ ...rest, lastAt: new Date(lastAt).toISOString() }));
    return c.json({ suggestions });
  })
  .delete("/:id", async (c) => {
    const isGone = await deleteSuggestion(c.get("services").db, c.req.param("id"));
    return isGone ? c.body(null, 204) : respondProblem(c, noSuchSuggestion());
  });
