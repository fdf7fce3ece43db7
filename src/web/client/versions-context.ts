/** What the parts of the timeline share. Types only. */
import type { HeadVersion } from "./head-answers.ts";
import type { ItemNames } from "./version-words.ts";

/** What the parts need of the section they are in. */
export interface VersionsContext {
  readonly refresh: () => Promise<void>;
  /** Says it in the section's live region. */
  readonly tell: (text: string) => void;
  readonly names: () => ItemNames;
  readonly versions: () => readonly HeadVersion[];
}
