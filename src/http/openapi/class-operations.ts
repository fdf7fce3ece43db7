/** Menu items. */
import { z } from "zod";
import { changeSchema, mergeSchema, newClassSchema } from "../admin/classes.ts";
import { classId, count, time } from "./common.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, type OperationGroup } from "./operation.ts";

const menuClass = z
  .strictObject({
    id: classId,
    name: z.string(),
    description: z.string(),
    examples: count.meta({ description: "Its labels as they stand, absorbed or not" }),
    archived: z.boolean(),
    mergedInto: classId.nullable().meta({ description: "The item that has its examples now" }),
    createdAt: time,
  })
  .meta({ id: "Class" });

const params = z.object({ id: classId });

export const classOperations = {
  "GET /v1/admin/classes": {
    id: "listClasses",
    summary: "All menu items",
    answers: {
      200: json("Archived ones last", z.strictObject({ classes: z.array(menuClass) }).meta({ id: "Classes" })),
    },
    problems: [],
  },
  "POST /v1/admin/classes": {
    id: "createClass",
    summary: "Puts an item on the menu",
    description:
      "The id is made from the name when absent. Live at once; answered with after the first photos and a training run.",
    body: jsonBody(newClassSchema),
    answers: { 201: json("The item", menuClass) },
    problems: [...BODY_PROBLEMS, "class_exists"],
  },
  "PATCH /v1/admin/classes/:id": {
    id: "changeClass",
    summary: "Renames, describes, archives or restores an item",
    description: "Live at once, without retraining.",
    params,
    body: jsonBody(changeSchema),
    answers: { 200: json("The item as it is now", menuClass) },
    problems: [...BODY_PROBLEMS, "not_found", "class_exists", "class_archived"],
  },
  "POST /v1/admin/classes/:id/merge": {
    id: "mergeClass",
    summary: "Merges an item into another one",
    description: "Examples and waiting corrections follow; the item leaves the menu.",
    params,
    body: jsonBody(mergeSchema),
    answers: { 204: empty("Done") },
    problems: [...BODY_PROBLEMS, "not_found", "unknown_class", "class_archived"],
  },
  "DELETE /v1/admin/classes/:id": {
    id: "deleteClass",
    summary: "Deletes an item and all its examples, for good",
    params,
    answers: {
      200: json(
        "What was forgotten",
        z
          .strictObject({ forgotten: z.strictObject({ examples: count, reviews: count }) })
          .meta({ id: "ForgottenClass" }),
      ),
    },
    problems: ["not_found", "bad_request"],
  },
} as const satisfies OperationGroup["operations"];

export const classGroup: OperationGroup = {
  tag: "Classes",
  description: "Menu items.",
  operations: classOperations,
};
