/** What every part of the kitchen is given. */
import type { KitchenTexts } from "./texts/kitchen/en.ts";

/** The texts of one language, chosen by the request. */
export interface KitchenProps {
  readonly texts: KitchenTexts;
}
