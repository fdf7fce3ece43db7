/** Which items are the example's. */
import type { ItemClass } from "./admin-answers.ts";
import { NOTES, SAMPLES_EACH } from "./example-menu.ts";

/** An item that has got more from its owner has become theirs. */
export function isExample({ description, examples }: Pick<ItemClass, "description" | "examples">): boolean {
  return description !== null && NOTES.includes(description) && examples <= SAMPLES_EACH;
}
