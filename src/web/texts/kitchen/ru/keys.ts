/** API keys and limits, in Russian. */
import type { KitchenTexts } from "../en.ts";

export const keys: KitchenTexts["keys"] = {};
