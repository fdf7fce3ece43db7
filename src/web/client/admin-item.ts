/** Starts the place of one item of the menu. */
import { createItemPlace } from "./item-place.ts";
import { openPlace } from "./place.ts";
import { readSampleLimits } from "./sample-limits.ts";

void openPlace(async (refresh) => {
  const limits = await readSampleLimits();
  return limits === null ? null : createItemPlace(readItemId(), limits, refresh);
});

/** The address ends with it. */
function readItemId(): string {
  return decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1) ?? "");
}
