/**
 * What guests miss on the menu: `POST /v1/suggestions` takes it, `/v1/admin/suggestions` lists it, most wanted first.
 * It teaches nothing.
 */
import type { z } from "zod";
import type { Caller } from "../../application/caller.ts";
import { deriveReceiptKey, openReceipt } from "../../application/receipt.ts";
import { suggestionOperations, type suggestionSchema } from "../../operations/suggestions.ts";
import type { Services } from "../../services.ts";
import { noSuchSuggestion, suggestionsFull, tooManySuggestions } from "../../shared/english/labels.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import {
  deleteSuggestion,
  listSuggestions,
  MAX_SUGGESTIONS_PER_SOURCE,
  storeSuggestion,
} from "../../store/menu/suggestions.ts";
import { callerOf } from "../access/caller.ts";
import { respondProblem } from "../answers/problem-response.ts";
import { serve } from "../serve.ts";

/** Answers with 202: the wish waits for the owner. */
export const suggestionHandlers = [
  serve(suggestionOperations.suggestItem, (c, { body }) => takeSuggestion(c.get("services"), callerOf(c), body)),
];

/** Stores it under the limits. A receipt that came along must be one of ours, so that a broken client notices. */
export async function takeSuggestion(
  { db, config, clock }: Services,
  { readContributor }: Caller,
  { text, receipt }: z.infer<typeof suggestionSchema>,
): Promise<Result<{ readonly stored: boolean }, Problem>> {
  if (receipt !== undefined) {
    const opened = await openReceipt(receipt, await deriveReceiptKey(config.receiptSecret), clock());
    if (!opened.ok) return opened;
  }
  const outcome = await storeSuggestion(db, { text, contributor: await readContributor() }, clock());
  if (outcome === "limit") {
    return err(tooManySuggestions({ limit: MAX_SUGGESTIONS_PER_SOURCE }));
  }
  if (outcome === "full") return err(suggestionsFull());
  return ok({ stored: outcome === "stored" });
}

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
