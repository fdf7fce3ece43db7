/** What the parts of an item's card share. Types only. */
import type { ItemClass } from "./admin-answers.ts";

/** What the parts need of the section they are in. */
export interface ItemsContext {
  readonly refresh: () => Promise<void>;
  /** Says it in the section's live region. */
  readonly tell: (text: string) => void;
  /** The whole menu, archived items among it. */
  readonly classes: () => readonly ItemClass[];
}
