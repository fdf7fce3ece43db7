/** Menu items: list, create, order, change, archive, restore, merge, delete. All of it is live at once, without retraining. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { NONE_ID } from "../../shared/none-label.ts";
import { createClass } from "../../store/create-class.ts";
import { forgetClass } from "../../store/forget.ts";
import { changeClass, listClasses, type MenuClass } from "../../store/menu.ts";
import { reorderMenu } from "../../store/menu-order.ts";
import { mergeClass } from "../../store/merge-classes.ts";
import { countTestExamples } from "../../store/test-set.ts";
import { isDescribed } from "../../training/describe.ts";
import type { AppEnv } from "../app-env.ts";
import { whenMissing } from "../field-faults.ts";
import { findModality } from "../modality/find-modality.ts";
import { respondProblem } from "../problem-response.ts";
import { readJson } from "../request-body.ts";
import { classFields } from "./class-fields.ts";

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

/** Mounted at `/v1/admin/classes`. */
export const classRoutes = new Hono<AppEnv>()
  .get("/", async (c) => {
    const { db } = c.get("services");
    const [{ items, strangers }, aside] = await Promise.all([listClasses(db), countTestExamples(db)]);
    const toBody = await openBodies(c, aside);
    const none = { label: NONE_ID, examples: strangers, testExamples: aside.get(NONE_ID) ?? 0 };
    return c.json({ classes: items.map(toBody), none });
  })
  .post("/", async (c) => {
    const body = await readJson(c, newClassSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const created = await createClass(db, body.value, c.get("actor"), clock());
    if (!created.ok) return respondProblem(c, created.error);
    const toBody = await openBodies(c, NONE_ASIDE);
    return c.json(toBody(created.value), 201);
  })
  .put("/order", async (c) => {
    const body = await readJson(c, classOrderSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const { ids } = body.value;
    const ordered = await reorderMenu(db, ids, c.get("actor"), clock());
    return ordered.ok ? c.json({ ids }) : respondProblem(c, ordered.error);
  })
  .patch("/:id", async (c) => {
    const body = await readJson(c, changeSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    // Whatever is read for the answer is read first: what has been changed must not be answered by a failure.
    const toBody = await openBodies(c, await countTestExamples(db));
    const changed = await changeClass(db, c.req.param("id"), body.value, c.get("actor"), clock());
    return changed.ok ? c.json(toBody(changed.value)) : respondProblem(c, changed.error);
  })
  .post("/:id/merge", async (c) => {
    const body = await readJson(c, mergeSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const merged = await mergeClass(db, c.req.param("id"), body.value.into, c.get("actor"), clock());
    return merged.ok ? c.body(null, 204) : respondProblem(c, merged.error);
  })
  .delete("/:id", async (c) => {
    const { db, clock } = c.get("services");
    const forgotten = await forgetClass(db, c.req.param("id"), c.get("actor"), clock());
    return forgotten.ok ? c.json({ forgotten: forgotten.value }) : respondProblem(c, forgotten.error);
  });

/** A new item has no example. */
const NONE_ASIDE: ReadonlyMap<string, number> = new Map();

/** An item that goes by its description does so as long as nobody has shown an example of it. `aside` counts test examples by item. */
async function openBodies(c: Context<AppEnv>, aside: ReadonlyMap<string, number>) {
  const { goesByDescriptions } = await findModality(c);
  return ({ createdAt, ...item }: MenuClass) => ({
    ...item,
    testExamples: aside.get(item.id) ?? 0,
    byDescription: goesByDescriptions && item.examples === 0 && isDescribed(item),
    createdAt: new Date(createdAt).toISOString(),
  });
}
