/** Starts the place that looks through many examples at once. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { find } from "./dom.ts";
import { loadPart } from "./load-part.ts";
import { readLook } from "./look-address.ts";
import { createLookPlace } from "./look-place.tsx";
import { openPlace } from "./place.ts";

void openPlace(async (refresh) => {
  const texts = await loadPart(kitchen.loadLook, find("kitchen-alert"));
  return texts === null ? null : createLookPlace(readLook(location.search), texts, refresh);
});
