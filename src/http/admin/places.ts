/** `/v1/admin/places`: where samples come from. Only staff make places, and an answer names one with `?place=`. */
import { Hono } from "hono";
import { z } from "zod";
import { MAX_NAME_CHARACTERS, makeItemId } from "../../shared/item-names.ts";
import { changePlace, createPlace, deletePlace, listPlaces, type Place } from "../../store/places.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";
import { readJson } from "../request-body.ts";
import { typedText } from "../typed-text.ts";
import { itemId } from "./class-fields.ts";

const name = typedText(MAX_NAME_CHARACTERS, "say what the place is called").min(1, "is empty");

/** The body of `POST /v1/admin/places`; without an `id` the place gets one from its name. */
export const newPlaceSchema = z.strictObject({ name, id: itemId.optional() });
/** The body of `PATCH /v1/admin/places/{id}`: a field that is absent stays as it is. */
export const placeChangeSchema = z.strictObject({ name: name.optional(), on: z.boolean().optional() });

/** Mounted at `/v1/admin/places`. */
export const placeRoutes = new Hono<AppEnv>()
  .get("/", async (c) => {
    const { db, config } = c.get("services");
    const seen = { open: config.pool.size > 0, guestsTeach: config.publicTeaching };
    return c.json({ ...seen, places: (await listPlaces(db)).map(toBody) });
  })
  .post("/", async (c) => {
    const body = await readJson(c, newPlaceSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const { name, id: given } = body.value;
    const id = given ?? makeFreeId(await listPlaces(db), name);
    const made = await createPlace(db, { id, name }, c.get("actor"), clock());
    return made.ok ? c.json(toBody(made.value), 201) : respondProblem(c, made.error);
  })
  .patch("/:id", async (c) => {
    const body = await readJson(c, placeChangeSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const { name, on: isOn } = body.value;
    const changed = await changePlace(db, c.req.param("id"), { name, isOn }, c.get("actor"), clock());
    return changed.ok ? c.json(toBody(changed.value)) : respondProblem(c, changed.error);
  })
  .delete("/:id", async (c) => {
    const { db, clock } = c.get("services");
    const gone = await deletePlace(db, c.req.param("id"), c.get("actor"), clock());
    return gone.ok ? c.body(null, 204) : respondProblem(c, gone.error);
  });

function makeFreeId(places: readonly Place[], name: string): string {
  const taken = new Set(places.map(({ id }) => id));
  return makeItemId(name, (id) => taken.has(id));
}

function toBody({ isOn, createdAt, isMoved, isRefused, ...place }: Place) {
  const state = { on: isOn, moved: isMoved, refused: isRefused };
  return { ...place, ...state, createdAt: new Date(createdAt).toISOString() };
}
