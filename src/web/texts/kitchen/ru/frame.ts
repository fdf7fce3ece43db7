/** The kitchen's frame, its door and what it says when something fails, in Russian. */
import type { KitchenTexts } from "../en.ts";

export const frame: KitchenTexts["frame"] = {};
