/** The admin routes about the places that samples come from, as functions. */
import type { placeOperations } from "../../operations/places.ts";
import { type Answer, callAdmin } from "./admin-api.ts";
import { answerOf, type Decoded, flag, list, nothing, nullable, number, object, text } from "./decode.ts";

const samplePlace = answerOf<typeof placeOperations.changePlace>()(
  object({
    id: text,
    name: text,
    on: flag,
    moved: flag,
    refused: flag,
    photos: number,
    distance: nullable(number),
    labels: nullable(object({ judged: number, rightAsTaught: number, rightMoved: nullable(number) })),
  }),
);
/** A place, and what the last training made of it. */
export type SamplePlace = Decoded<typeof samplePlace>;

const placeList = answerOf<typeof placeOperations.listPlaces>()(
  object({ open: flag, guestsTeach: flag, places: list(samplePlace) }),
);
/** All of them, the oldest first; whether anything is kept that shows what they are like, and whether guests' share counts. */
export type PlaceList = Decoded<typeof placeList>;

export const fetchPlaces = () => callAdmin({ path: "/places" }, placeList);

/** Its id is made of its name. */
export function createPlace(name: string): Answer<SamplePlace> {
  return callAdmin({ method: "POST", path: "/places", json: { name } }, samplePlace);
}

/** Renames it, or switches it on or off. */
export function changePlace(
  id: string,
  change: { readonly name?: string; readonly on?: boolean },
): Answer<SamplePlace> {
  return callAdmin({ method: "PATCH", path: pathOf(id), json: change }, samplePlace);
}

/** Cannot be undone. */
export function deletePlace(id: string): Answer<void> {
  return callAdmin({ method: "DELETE", path: pathOf(id) }, nothing);
}

function pathOf(id: string): string {
  return `/places/${encodeURIComponent(id)}`;
}
