/** Starts the versions' place of the kitchen. */
import { openPlace } from "./place.ts";
import { createVersionsPlace } from "./versions-place.ts";

void openPlace(createVersionsPlace);
