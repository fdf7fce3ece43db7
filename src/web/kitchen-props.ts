/** What every part of the kitchen is given. */
import type { KitchenTexts } from "./texts/kitchen/en.ts";

export interface KitchenProps {
  readonly texts: KitchenTexts;
}
