/** What to do next, training and the first run, in Russian. */
import type { KitchenTexts } from "../en.ts";

export const overview: KitchenTexts["overview"] = {};
