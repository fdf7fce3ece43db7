/** Starts the place of the map. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { find } from "./dom.ts";
import { loadPart } from "./load-part.ts";
import { createMapPlace } from "./map-place.tsx";
import { openPlace } from "./place.ts";

void openPlace(async (refresh) => {
  const load = async () => ({ map: await kitchen.loadMap(), look: await kitchen.loadLook() });
  const texts = await loadPart(load, find("kitchen-alert"));
  const version = Number(new URLSearchParams(location.search).get("version") ?? 0);
  return texts === null
    ? null
    : createMapPlace(Number.isInteger(version) && version > 0 ? version : null, texts, refresh);
});
