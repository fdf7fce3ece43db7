/** Starts the settings' place of the kitchen. */
import { openPlace } from "./place.ts";
import { createSettings } from "./settings-place.ts";

void openPlace(createSettings);
