/** Menu items. */
import { z } from "zod";
import { NONE_ID } from "../../shared/none-label.ts";
import { changeSchema, classOrderSchema, mergeSchema, newClassSchema } from "../admin/classes.ts";
import { classId, count, forgotten, score, time } from "./common.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, type OperationGroup } from "./operation.ts";

const menuClass = z
  .strictObject({
    id: classId,
    name: z.string(),
    description: z.string(),
    aliases: z.array(z.string()).meta({ description: "Other names that a label or an import may use" }),
    names: z.record(z.string(), z.string()).meta({ description: "By BCP 47 language tag" }),
    threshold: score.nullable().meta({ description: "An answer with a lower score of this item in front is unsure" }),
    position: count.meta({ description: "Order of the menu" }),
    examples: count.meta({ description: "Its labels as they stand, absorbed or not" }),
    testExamples: count.meta({ description: "Examples beside these that are set aside to judge heads by" }),
    archived: z.boolean(),
    mergedInto: classId.nullable().meta({ description: "The item that has its examples now" }),
    byDescription: z.boolean().meta({
      description:
        "Known by its words alone from the next training on: it has a description and no example, and this deployment reads texts. Its name, aliases and names in languages that the backbone reads join in",
    }),
    createdAt: time,
  })
  .meta({ id: "Class" });

const none = z
  .strictObject({ label: z.literal(NONE_ID), examples: count, testExamples: count })
  .meta({ description: 'What "not on the menu" is called as a label, and how many photos have it' });

const params = z.object({ id: classId });

const classOperations = {
  "GET /v1/admin/classes": {
    id: "listClasses",
    summary: "All menu items",
    answers: {
      200: json(
        "In the order of the menu, archived ones last",
        z.strictObject({ classes: z.array(menuClass), none }).meta({ id: "Classes" }),
      ),
    },
    problems: [],
  },
  "POST /v1/admin/classes": {
    id: "createClass",
    summary: "Puts an item on the menu",
    description:
      "Without an id it gets a free one that is made from its name. Live at once; answered with after the first photos and a training run.",
    body: jsonBody(newClassSchema),
    answers: { 201: json("The item", menuClass) },
    problems: [...BODY_PROBLEMS, "class_exists"],
  },
  "PUT /v1/admin/classes/order": {
    id: "orderClasses",
    summary: "Puts the menu into another order",
    description: "Every active item exactly once; otherwise nothing changes.",
    body: jsonBody(classOrderSchema),
    answers: { 200: json("The order as it is now", z.strictObject({ ids: z.array(classId) }).meta({ id: "Order" })) },
    problems: [...BODY_PROBLEMS, "unknown_class"],
  },
  "PATCH /v1/admin/classes/:id": {
    id: "changeClass",
    summary: "Changes the texts or the threshold of an item, archives or restores it",
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
      200: json("What was forgotten", forgotten),
    },
    problems: ["not_found", "bad_request"],
  },
} as const satisfies OperationGroup["operations"];

/** Items: list, make, order, change, merge, delete. */
export const classGroup: OperationGroup = {
  tag: "Classes",
  description: "Menu items.",
  operations: classOperations,
};
