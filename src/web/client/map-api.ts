/** The map of a version, as the API answers it. */
import type { headOperations } from "../../operations/heads.ts";
import { type Answer, callAdmin } from "./admin-api.ts";
import { answerOf, type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";

const point = object({
  photo: text,
  label: text,
  x: number,
  y: number,
  doubted: flag,
  answered: nullable(text),
  picture: flag,
  text: nullable(text),
});
/** An example; `answered` is what the version said instead, without having seen it. */
export type MapPoint = Decoded<typeof point>;

const menuMap = answerOf<typeof headOperations.drawMap>()(
  object({
    headVersion: number,
    items: list(object({ label: text, x: number, y: number, examples: number })),
    itemCount: number,
    points: list(point),
    examples: number,
    shares: list(number),
    current: flag,
  }),
);
/** Distances are in units of how far examples of an item usually differ. */
export type MenuMap = Decoded<typeof menuMap>;

/** Answers `not_found` for a number that no version has. */
export function fetchMap(version: number): Answer<MenuMap> {
  return callAdmin({ path: `/heads/${version}/map` }, menuMap);
}
