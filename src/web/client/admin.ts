/** Starts today's place of the kitchen. */
import { openPlace } from "./place.ts";
import { openSuggestions } from "./suggestions-section.tsx";
import { createToday } from "./today-place.ts";

void openPlace(createToday);
openSuggestions();
