/** `/v1/admin/suggestions`: what guests miss on the menu, most wanted first, and taking it off the list. */

import { suggestionOperations } from "../../operations/suggestions.ts";
import { noSuchSuggestion } from "../../shared/english/labels.ts";
import { ok } from "../../shared/result.ts";
import { deleteSuggestion, listSuggestions } from "../../store/suggestions.ts";
import { respondProblem } from "../problem-response.ts";
import { serve } from "../serve.ts";

/** Of `suggestionOperations`. */
export const adminSuggestionHandlers = [
  serve(suggestionOperations.listSuggestions, async (c) => {
    const found = await listSuggestions(c.get("services").db);
    const suggestions = found.map(({ lastAt, ...rest }) => ({ ...rest, lastAt: new Date(lastAt).toISOString() }));
    return ok({ suggestions });
  }),
  serve(suggestionOperations.deleteSuggestion, async (c, { params }) => {
    const isGone = await deleteSuggestion(c.get("services").db, params.id);
    return isGone ? c.body(null, 204) : respondProblem(c, noSuchSuggestion());
  }),
];
