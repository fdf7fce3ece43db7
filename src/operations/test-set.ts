/** Examples that are set aside to judge heads by. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { classId, count, labelId, score, version } from "./common.ts";
import { whenMissing } from "./field-faults.ts";
import { BODY_PROBLEMS, json, jsonBody, needs, type Operations } from "./operation.ts";

/** The query of `GET /v1/admin/test-set`. */
export const testQuery = z.strictObject({
  head: z.coerce
    .number({ error: "is not a head's number" })
    .int()
    .positive()
    .optional()
    .meta({ description: "Which head to judge; without it the live one" }),
});
/** The body of `POST /v1/admin/test-set`. */
export const testShareSchema = z.strictObject({
  share: z
    .number({
      error: whenMissing("say which share of each item's examples to set aside: 0.2 is a fifth, 0 gives all back"),
    })
    .min(0)
    .max(0.5)
    .meta({ description: "Of each item's examples, rounded down; 0 gives all of them back to learning" }),
  class: z.string().optional().meta({ description: "Of this item alone, by its id" }),
  after: z.string().optional().meta({ description: "`next` of the call before: the menu goes on there" }),
});

const judgement = once(() =>
  z
    .strictObject({
      examples: count.meta({ description: "Examples of items that the head knows and that are on the menu" }),
      right: count,
      interval: z
        .strictObject({ low: score, high: score })
        .meta({ description: "What the share of right answers may be, at 95 % (Wilson's score interval)" }),
      strangers: count.meta({ description: 'Examples that are "not on the menu"' }),
      found: count.meta({ description: "Those of them that it finds to be none of the items" }),
      learnt: count.meta({
        description: "Examples that it is not judged on: it has learnt from them, or a run has still to give them back",
      }),
      perClass: z.array(
        z.strictObject({
          classId,
          examples: count,
          right: count,
          answered: count.meta({ description: "Examples of any item that were answered with this one" }),
        }),
      ),
      confusions: z.array(z.strictObject({ given: classId, answered: labelId, examples: count })),
    })
    .meta({ id: "TestJudgement" }),
);

/** The operations on the test set. */
export const testOperations = {
  judgeOnTestSet: {
    route: "GET /v1/admin/test-set",
    access: needs("review"),
    summary: "How many examples are set aside, and how a head answers them",
    description: "Reads at most about a thousand of them, as many of each item; always the same ones.",
    query: testQuery,
    answers: {
      200: json("The judgement; null while no head is live", () =>
        z
          .strictObject({
            examples: count,
            classes: z.array(z.strictObject({ classId: labelId, examples: count })),
            headVersion: version.nullable(),
            judgement: judgement().nullable(),
          })
          .meta({ id: "TestSet" }),
      ),
    },
    problems: ["bad_request", "not_found", "head_purged"],
  },
  changeTestSet: {
    route: "POST /v1/admin/test-set",
    access: needs("admin"),
    summary: "Sets a share of each item's examples aside, or gives all of them back",
    description:
      "Which ones is settled by their hashes, so the same call chooses the same ones; near copies among an item's first 400 stay together. What is set aside already counts. Twenty-five items a call: `next` goes into `after`.",
    body: jsonBody(testShareSchema),
    answers: {
      200: json("What was changed", () =>
        z
          .strictObject({
            setAside: count,
            returned: count,
            next: labelId.nullable().meta({ description: "Goes into `after`; null when the menu is through" }),
          })
          .meta({ id: "TestSetChange" }),
      ),
    },
    problems: [...BODY_PROBLEMS, "unknown_class", "class_archived"],
  },
} as const satisfies Operations;
