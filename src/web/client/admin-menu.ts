/** Starts the menu's place of the kitchen. */
import { wireAddForm } from "./add-item.ts";
import { areTextLimits, type SampleLimits } from "./answers.ts";
import { find } from "./dom.ts";
import { loadOnDemand } from "./load-on-demand.ts";
import { createMenu } from "./menu-place.tsx";
import { openPlace } from "./place.ts";
import { readSampleLimits } from "./sample-limits.ts";

void openPlace(async (refresh) => {
  const starting = start(refresh);
  // The form comes before anything is waited for: one without its script would be sent to nowhere.
  wireAddForm(starting);
  const started = await starting;
  if (started === null) return null;
  wireCamera(started.limits, refresh);
  return started.place;
});

async function start(refresh: () => Promise<void>) {
  const limits = await readSampleLimits();
  return limits === null ? null : { ...createMenu(limits, refresh), limits };
}

/** A page for texts has no such part. */
function wireCamera(limits: SampleLimits, refresh: () => Promise<void>): void {
  if (areTextLimits(limits)) return;
  const load = async () => (await import("./camera-section.ts")).wireCamera(limits, refresh);
  loadOnDemand("camera", load, find("add-item-alert"));
}
