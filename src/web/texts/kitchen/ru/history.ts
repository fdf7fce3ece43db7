/** Training runs and the audit log, in Russian. */
import type { KitchenTexts } from "../en.ts";

export const history: KitchenTexts["history"] = {};
