/** Menu items: list, create, rename, describe, archive, restore, merge, delete. All of it is live at once, without retraining. */
import { Hono } from "hono";
import { z } from "zod";
import { forgetClass } from "../../store/forget.ts";
import { changeClass, createClass, listClasses, type MenuClass } from "../../store/menu.ts";
import { mergeClass } from "../../store/merge-classes.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";
import { readJson } from "../request-body.ts";

const MAX_NAME_CHARACTERS = 80;
const MAX_DESCRIPTION_CHARACTERS = 500;
const MAX_ID_CHARACTERS = 64;

const name = z.string({ error: "is missing; give the item's name" }).trim().min(1, "is empty").max(MAX_NAME_CHARACTERS);
const description = z.string().trim().max(MAX_DESCRIPTION_CHARACTERS);
const id = z
  .string()
  .max(MAX_ID_CHARACTERS)
  .regex(/^[\p{L}\p{N}_-]+$/u, "may hold letters, digits, - and _ only");

/** What a menu item may be called; an import holds to it too. */
export const classFields = { id, name, description };

export const newClassSchema = z.strictObject({ name, id: id.optional(), description: description.default("") });
export const changeSchema = z.strictObject({
  name: name.optional(),
  description: description.optional(),
  archived: z.boolean().optional(),
});

export const mergeSchema = z.strictObject({
  into: z.string({ error: "is missing; give the id of the item to merge into" }),
});

export const classRoutes = new Hono<AppEnv>()
  .get("/", async (c) => c.json({ classes: (await listClasses(c.get("services").db)).map(toBody) }))
  .post("/", async (c) => {
    const body = await readJson(c, newClassSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const item = { ...body.value, id: body.value.id ?? makeClassId(body.value.name) };
    const created = await createClass(db, item, clock());
    return created.ok ? c.json(toBody(created.value), 201) : respondProblem(c, created.error);
  })
  .patch("/:id", async (c) => {
    const body = await readJson(c, changeSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const changed = await changeClass(db, c.req.param("id"), body.value, clock());
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

function toBody({ createdAt, ...item }: MenuClass) {
  return { ...item, createdAt: new Date(createdAt).toISOString() };
}

/** "Four Cheese!" -> "four-cheese", in any script; a name of symbols alone gets a random id. */
function makeClassId(text: string): string {
  const slug = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, MAX_ID_CHARACTERS);
  return slug === "" ? crypto.randomUUID() : slug;
}
