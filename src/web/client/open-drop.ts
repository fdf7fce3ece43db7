/** The place on an item's card that fits what the deployment reads. */
import { areTextLimits, type SampleLimits } from "./answers.ts";
import { createPhotoDrop } from "./photo-drop.ts";
import type { SampleDrop, SampleDropOptions } from "./sample-drop.ts";
import { createTextDrop } from "./text-drop.ts";

/** By the limits that `GET /v1/menu` gives. */
export function createDrop(limits: SampleLimits, options: SampleDropOptions): SampleDrop {
  return areTextLimits(limits) ? createTextDrop(options) : createPhotoDrop(limits, options);
}
