/** Examples that are set aside to judge heads by. */
import { z } from "zod";
import { testQuery, testShareSchema } from "../admin/test-set.ts";
import { classId, count, labelId, score, version } from "./common.ts";
import { BODY_PROBLEMS, json, jsonBody, type OperationGroup } from "./operation.ts";

const judgement = z
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
        ...{ classId, examples: count, right: count },
        answered: count.meta({ description: "Examples of any item that were answered with this one" }),
      }),
    ),
    confusions: z.array(z.strictObject({ given: classId, answered: labelId, examples: count })),
  })
  .meta({ id: "TestJudgement" });

const testOperations = {
  "GET /v1/admin/test-set": {
    id: "judgeOnTestSet",
    summary: "How many examples are set aside, and how a head answers them",
    description: "Reads at most about a thousand of them, as many of each item; always the same ones.",
    query: testQuery,
    answers: {
      200: json(
        "The judgement; null while no head is live",
        z
          .strictObject({
            examples: count,
            classes: z.array(z.strictObject({ classId: labelId, examples: count })),
            headVersion: version.nullable(),
            judgement: judgement.nullable(),
          })
          .meta({ id: "TestSet" }),
      ),
    },
    problems: ["bad_request", "not_found", "head_purged"],
  },
  "POST /v1/admin/test-set": {
    id: "changeTestSet",
    summary: "Sets a share of each item's examples aside, or gives all of them back",
    description:
      "Which ones is settled by their hashes, so the same call chooses the same ones; near copies among an item's first 400 stay together. What is set aside already counts. Twenty-five items a call: `next` goes into `after`.",
    body: jsonBody(testShareSchema),
    answers: {
      200: json(
        "What was changed",
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
} as const satisfies OperationGroup["operations"];

/** The operations on the test set. */
export const testGroup: OperationGroup = {
  tag: "Test set",
  description: "Examples that are set aside: every head is judged on them, and none learns from them.",
  operations: testOperations,
};
