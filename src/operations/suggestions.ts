/** What guests miss on the menu. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { typedText } from "./class-fields.ts";
import { count, humanHeader, time } from "./common.ts";
import { receiptSchema } from "./labels.ts";
import { BODY_PROBLEMS, empty, HUMAN_PROBLEMS, json, jsonBody, needs, type Operations } from "./operation.ts";

const MAX_SUGGESTION_CHARACTERS = 200;
/** The body of `POST /v1/suggestions`; a receipt that comes along must be one of this deployment's. */
export const suggestionSchema = z.strictObject({
  text: typedText(MAX_SUGGESTION_CHARACTERS, "say what you miss")
    .normalize("NFC")
    .min(1, "is empty; say what you miss"),
  receipt: receiptSchema.shape.receipt.optional(),
});

const suggestionId = once(() => z.string().meta({ description: "SHA-256 of the text, folded" }));

const suggestion = once(() =>
  z
    .strictObject({
      id: suggestionId(),
      text: z.string(),
      guests: count.meta({ description: "Guests independent of each other" }),
      lastAt: time,
    })
    .meta({ id: "Suggestion" }),
);

const taken = once(() => z.strictObject({ stored: z.boolean() }).meta({ id: "SuggestionTaken" }));

/** The operations on what guests miss. */
export const suggestionOperations = {
  suggestItem: {
    route: "POST /v1/suggestions",
    access: needs("label", "publicCorrections"),
    repeats: "kept",
    summary: "What a guest misses on the menu, in their words",
    body: jsonBody(suggestionSchema),
    headers: humanHeader,
    answers: { 202: json("Staff will see it; `stored` is false where this network had said so", taken) },
    problems: [
      ...BODY_PROBLEMS,
      ...HUMAN_PROBLEMS,
      ...(["receipt_invalid", "receipt_expired", "too_many_corrections", "review_queue_full"] as const),
    ],
  },
  listSuggestions: {
    route: "GET /v1/admin/suggestions",
    access: needs("review"),
    isTagged: true,
    summary: "What guests miss, most wanted first",
    answers: {
      200: json("At most 100", () =>
        z.strictObject({ suggestions: z.array(suggestion()) }).meta({ id: "Suggestions" }),
      ),
    },
    problems: [],
  },
  deleteSuggestion: {
    route: "DELETE /v1/admin/suggestions/:id",
    access: needs("admin"),
    summary: "Takes it off the list, whoever asked for it",
    params: () => z.object({ id: suggestionId() }),
    answers: { 204: empty("It is gone") },
    problems: ["not_found"],
  },
} as const satisfies Operations;
