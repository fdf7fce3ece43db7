/** The place that a request names: known by the isolate with the menu, so that an answer looks nothing up for it. */

import type { Embedding } from "../head/embedding.ts";
import type { Services } from "../services.ts";
import { noSuchPlace } from "../shared/english/menu.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { ServedHead } from "../store/heads/head-cache.ts";
import type { ServedPlace } from "../store/places/places.ts";
import type { TextLanguage } from "../text/language.ts";

/** A place with its id. */
export type NamedPlace = ServedPlace & { readonly id: string };

/** Undefined where none is named. Error: `not_found`, once the database has said so itself: one row, since the place may be seconds old. */
export async function findNamedPlace(
  { db, readServedHead, clock }: Services,
  served: ServedHead,
  id: string | undefined,
): Promise<Result<NamedPlace | undefined, Problem>> {
  if (id === undefined) return ok(undefined);
  const known = served.places.get(id);
  if (known !== undefined) return ok({ id, ...known });
  const fresh = (await readServedHead(db, clock(), clock()))?.places.get(id);
  return fresh === undefined ? err(noSuchPlace({ place: id })) : ok({ id, ...fresh });
}

/** A language is a place: what is said of a text that names none, where staff have made a place with the tag of its language as id. */
export function placeOfLanguage(
  { places }: Pick<ServedHead, "places">,
  language: TextLanguage | null | undefined,
): NamedPlace | undefined {
  const known = language ? places.get(language) : undefined;
  return language && known ? { id: language, ...known } : undefined;
}

/** What leads from the place to where the menu was taught; null where answers are given as taught. */
export function shiftAt(place: NamedPlace | undefined, { backboneId }: ServedHead): Embedding | null {
  return place?.isOn === true && place.backboneId === backboneId ? place.shift : null;
}
