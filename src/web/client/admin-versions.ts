/** Starts the versions' place of the kitchen. */
import { openPlace } from "./place.ts";
import { createVersionsPlace } from "./versions-place.tsx";

void openPlace(createVersionsPlace);
