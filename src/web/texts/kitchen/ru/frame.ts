/** The kitchen's frame, its door and what it says when something fails, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { saySentences } from "../patterns.ts";
import { API_SENTENCES } from "./api-sentences.ts";
import { explain } from "./problems.ts";

export const frame: KitchenTexts["frame"] = {
  apiText: (text) => saySentences(text, API_SENTENCES),
  explain,
};
