/** Export and import, in Russian. */
import type { KitchenTexts } from "../en.ts";

export const transfer: KitchenTexts["transfer"] = {};
