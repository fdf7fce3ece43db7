/** Doubted labels that are about one picture. Pure. */
import type { Suspect } from "./label-answers.ts";

/** The first of those that are copies of each other: one decision settles them all. */
export function onePerPicture(suspects: readonly Suspect[]): readonly Suspect[] {
  const told = new Set<string>();
  return suspects.filter(({ photo, copies }) => {
    if (told.has(photo)) return false;
    for (const copy of copies) told.add(copy.photo);
    return true;
  });
}
