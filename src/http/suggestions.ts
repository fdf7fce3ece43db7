/** `POST /v1/suggestions`: what a guest misses on the menu. Only the owner's list knows it; it teaches nothing. */

import { type Context, Hono } from "hono";
import { z } from "zod";
import { suggestionsFull, tooManySuggestions } from "../shared/english/labels.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { MAX_SUGGESTIONS_PER_SOURCE, storeSuggestion } from "../store/suggestions.ts";
import type { AppEnv } from "./app-env.ts";
import { readContributor } from "./contributor.ts";
import { receiptSchema } from "./labels.ts";
import { respondProblem } from "./problem-response.ts";
import { deriveReceiptKey, openReceipt } from "./receipt.ts";
import { readJson } from "./request-body.ts";
import { typedText } from "./typed-text.ts";

const MAX_SUGGESTION_CHARACTERS = 200;

/** The body of `POST /v1/suggestions`; a receipt that comes along must be one of this deployment's. */
export const suggestionSchema = z.strictObject({
  text: typedText(MAX_SUGGESTION_CHARACTERS, "say what you miss")
    .normalize("NFC")
    .min(1, "is empty; say what you miss"),
  receipt: receiptSchema.shape.receipt.optional(),
});

/** Mounted at `/v1/suggestions`. Answers with 202: the wish waits for the owner. */
export const suggestionRoutes = new Hono<AppEnv>().post("/", async (c) => {
  const sent = await readJson(c, suggestionSchema);
  if (!sent.ok) return respondProblem(c, sent.error);
  const taken = await takeSuggestion(c, sent.value);
  return taken.ok ? c.json(taken.value, 202) : respondProblem(c, taken.error);
});

/** Stores it under the limits. A receipt that came along must be one of ours, so that a broken client notices. */
export async function takeSuggestion(
  c: Context<AppEnv>,
  { text, receipt }: z.infer<typeof suggestionSchema>,
): Promise<Result<{ readonly stored: boolean }, Problem>> {
  const { db, config, clock } = c.get("services");
  if (receipt !== undefined) {
    const opened = await openReceipt(receipt, await deriveReceiptKey(config.receiptSecret), clock());
    if (!opened.ok) return opened;
  }
  const outcome = await storeSuggestion(db, { text, contributor: await readContributor(c) }, clock());
  if (outcome === "limit") {
    return err(tooManySuggestions({ limit: MAX_SUGGESTIONS_PER_SOURCE }));
  }
  if (outcome === "full") return err(suggestionsFull());
  return ok({ stored: outcome === "stored" });
}
