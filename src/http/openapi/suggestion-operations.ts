/** What guests miss on the menu. */
import { z } from "zod";
import { suggestionSchema } from "../suggestions.ts";
import { count, humanHeader, time } from "./common.ts";
import { BODY_PROBLEMS, empty, HUMAN_PROBLEMS, json, jsonBody, type OperationGroup } from "./operation.ts";

const suggestionId = z.string().meta({ description: "SHA-256 of the text, folded" });

const suggestion = z
  .strictObject({
    id: suggestionId,
    text: z.string(),
    guests: count.meta({ description: "Guests independent of each other" }),
    lastAt: time,
  })
  .meta({ id: "Suggestion" });

const taken = z.strictObject({ stored: z.boolean() }).meta({ id: "SuggestionTaken" });

const suggestionOperations = {
  "POST /v1/suggestions": {
    id: "suggestItem",
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
  "GET /v1/admin/suggestions": {
    id: "listSuggestions",
    summary: "What guests miss, most wanted first",
    answers: {
      200: json("At most 100", z.strictObject({ suggestions: z.array(suggestion) }).meta({ id: "Suggestions" })),
    },
    problems: [],
  },
  "DELETE /v1/admin/suggestions/:id": {
    id: "deleteSuggestion",
    summary: "Takes it off the list, whoever asked for it",
    params: z.object({ id: suggestionId }),
    answers: { 204: empty("It is gone") },
    problems: ["not_found"],
  },
} as const satisfies OperationGroup["operations"];

/** The operations on what guests miss. */
export const suggestionGroup: OperationGroup = {
  tag: "Suggestions",
  description: "What guests miss on the menu.",
  operations: suggestionOperations,
};
