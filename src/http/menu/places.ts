/** `/v1/admin/places`: where samples come from. Only staff make places, and an answer names one with `?place=`. */
import { placeOperations } from "../../operations/places.ts";
import { makeItemId } from "../../shared/item-names.ts";
import { ok } from "../../shared/result.ts";
import { changePlace, createPlace, deletePlace, listPlaces, type Place } from "../../store/places/places.ts";
import { serve } from "../serve.ts";

/** Of `placeOperations`. */
export const placeHandlers = [
  serve(placeOperations.listPlaces, async (c) => {
    const { db, config } = c.get("services");
    const seen = { open: config.pool.size > 0, guestsTeach: config.publicTeaching };
    return ok({ ...seen, places: (await listPlaces(db)).map(toBody) });
  }),
  serve(placeOperations.createPlace, async (c, { body }) => {
    const { db, clock } = c.get("services");
    const { name } = body;
    const id = body.id ?? makeFreeId(await listPlaces(db), name);
    const made = await createPlace(db, { id, name }, c.get("actor"), clock());
    return made.ok ? ok(toBody(made.value)) : made;
  }),
  serve(placeOperations.changePlace, async (c, { params, body: { name, on: isOn } }) => {
    const { db, clock } = c.get("services");
    const changed = await changePlace(db, params.id, { name, isOn }, c.get("actor"), clock());
    return changed.ok ? ok(toBody(changed.value)) : changed;
  }),
  serve(placeOperations.deletePlace, async (c, { params }) => {
    const { db, clock } = c.get("services");
    const gone = await deletePlace(db, params.id, c.get("actor"), clock());
    return gone.ok ? ok(null) : gone;
  }),
];

function makeFreeId(places: readonly Place[], name: string): string {
  const taken = new Set(places.map(({ id }) => id));
  return makeItemId(name, (id) => taken.has(id));
}

function toBody({ isOn, createdAt, isMoved, isRefused, ...place }: Place) {
  const state = { on: isOn, moved: isMoved, refused: isRefused };
  return { ...place, ...state, createdAt: new Date(createdAt).toISOString() };
}
