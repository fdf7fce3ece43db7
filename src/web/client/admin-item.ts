/** Starts the place of one item of the menu. */
import { readItemId } from "./item-address.ts";
import { createItemPlace } from "./item-place.tsx";
import { openPlace } from "./place.ts";
import { readSampleLimits } from "./sample-limits.ts";

void openPlace(async (refresh) => {
  const limits = await readSampleLimits();
  return limits === null ? null : createItemPlace(readItemId(location.pathname), limits, refresh);
});
