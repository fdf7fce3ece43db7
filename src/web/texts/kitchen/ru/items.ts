/** The menu, its photos and how well each item is known, in Russian. */
import type { KitchenTexts } from "../en.ts";

export const items: KitchenTexts["items"] = {};
