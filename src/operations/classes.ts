/** Menu items. */
import { z } from "zod";
import { NONE_ID } from "../shared/none-label.ts";
import { once } from "../shared/once.ts";
import { classFields } from "./class-fields.ts";
import { classId, count, forgotten, score, time } from "./common.ts";
import { whenMissing } from "./field-faults.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, needs, type Operations } from "./operation.ts";

const { id, name, description, aliases, names, threshold } = classFields;

/** The body of `POST /v1/admin/classes`; without an `id` the item gets one from its name. */
export const newClassSchema = z.strictObject({
  name,
  id: id.optional(),
  description: description.default(""),
  aliases: aliases.default([]),
  names: names.default({}),
  threshold: threshold.default(null),
});
/** The body of `PATCH /v1/admin/classes/{id}`: a field that is absent stays as it is. */
export const changeSchema = z.strictObject({
  name: name.optional(),
  description: description.optional(),
  aliases: aliases.optional(),
  names: names.optional(),
  threshold: threshold.optional(),
  archived: z.boolean().optional(),
});
/** The body of `PUT /v1/admin/classes/order`: the ids of the menu, first item first. */
export const classOrderSchema = z.strictObject({ ids: z.array(z.string()).max(5_000) });
/** The body of `POST /v1/admin/classes/{id}/merge`. */
export const mergeSchema = z.strictObject({
  into: z.string({ error: whenMissing("give the id of the item to merge into") }),
});

const menuClass = once(() =>
  z
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
    .meta({ id: "Class" }),
);

const none = once(() =>
  z
    .strictObject({ label: z.literal(NONE_ID), examples: count, testExamples: count })
    .meta({ description: 'What "not on the menu" is called as a label, and how many photos have it' }),
);

const params = once(() => z.object({ id: classId }));

/** Items: list, make, order, change, merge, delete. */
export const classOperations = {
  listClasses: {
    route: "GET /v1/admin/classes",
    access: needs("label"),
    isTagged: true,
    summary: "All items of the menu",
    answers: {
      200: json("In the order of the menu, archived ones last", () =>
        z.strictObject({ classes: z.array(menuClass()), none: none() }).meta({ id: "Classes" }),
      ),
    },
    problems: [],
  },
  createClass: {
    route: "POST /v1/admin/classes",
    access: needs("admin"),
    repeats: "kept",
    summary: "Puts an item on the menu",
    description:
      "Without an id it gets a free one that is made from its name. Live at once; answered with after the first photos and a training run.",
    body: jsonBody(newClassSchema),
    answers: { 201: json("The item", menuClass) },
    problems: [...BODY_PROBLEMS, "class_exists"],
  },
  orderClasses: {
    route: "PUT /v1/admin/classes/order",
    access: needs("admin"),
    summary: "Puts the menu into another order",
    description: "Every active item exactly once; otherwise nothing changes.",
    body: jsonBody(classOrderSchema),
    answers: {
      200: json("The order as it is now", () => z.strictObject({ ids: z.array(classId) }).meta({ id: "Order" })),
    },
    problems: [...BODY_PROBLEMS, "unknown_class"],
  },
  changeClass: {
    route: "PATCH /v1/admin/classes/:id",
    access: needs("admin"),
    summary: "Changes the texts or the threshold of an item, archives or restores it",
    description: "Live at once, without retraining.",
    params,
    body: jsonBody(changeSchema),
    answers: { 200: json("The item as it is now", menuClass) },
    problems: [...BODY_PROBLEMS, "not_found", "class_exists", "class_archived"],
  },
  mergeClass: {
    route: "POST /v1/admin/classes/:id/merge",
    access: needs("admin"),
    repeats: "kept",
    summary: "Merges an item into another one",
    description: "Examples and waiting corrections follow; the item leaves the menu.",
    params,
    body: jsonBody(mergeSchema),
    answers: { 204: empty("Done") },
    problems: [...BODY_PROBLEMS, "not_found", "unknown_class", "class_archived"],
  },
  deleteClass: {
    route: "DELETE /v1/admin/classes/:id",
    access: needs("admin"),
    summary: "Deletes an item and all its examples, for good",
    params,
    answers: {
      200: json("What was forgotten", () => forgotten),
    },
    problems: ["not_found", "bad_request"],
  },
} as const satisfies Operations;
