/** Labels that the newest version doubts: right after all, to be changed, or to be forgotten. Never decided by itself. */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { createElement, find } from "./dom.ts";
import { createDoubtRow } from "./doubt-row.ts";
import type { Suspect } from "./label-answers.ts";
import { fetchSuspects } from "./label-api.ts";
import { takeAway } from "./settle-row.ts";
import type { ItemNames } from "./version-words.ts";

/** `refresh` is called after a label has been settled. */
export function createDoubtsSection(refresh: () => Promise<void>) {
  let shown = "";
  /** Looks again when a newer version may doubt other labels; the list is long to read for the server. */
  const show = async (newestVersion: number | null, names: ItemNames) => {
    const key = JSON.stringify([newestVersion, [...names]]);
    if (key === shown) return;
    shown = key;
    const answer = await fetchSuspects();
    if (!answer.ok) {
      shown = "";
      return;
    }
    fill(
      onePerPicture(answer.value.suspects).map((suspect) =>
        createDoubtRow(suspect, { names, refresh, tell, leave, heading: "h3" }),
      ),
    );
  };
  return { show };
}

/** The first of those that are copies of each other: one decision settles them all. */
export function onePerPicture(suspects: readonly Suspect[]): readonly Suspect[] {
  const told = new Set<string>();
  return suspects.filter(({ photo, copies }) => {
    if (told.has(photo)) return false;
    for (const copy of copies) told.add(copy.photo);
    return true;
  });
}

function tell(words: string): void {
  find("doubts-status").textContent = words;
}

function fill(cards: readonly HTMLElement[]): void {
  const body = find("doubts-body");
  body.replaceChildren(
    cards.length === 0
      ? createElement("p", { class: "empty", text: kitchen.reviews.doubts.empty })
      : createElement("ul", { class: "card doubts", attributes: { "aria-labelledby": "doubts-title" } }, ...cards),
  );
}

function leave(row: HTMLElement): void {
  const list = row.parentElement;
  takeAway(row, find("doubts-title"));
  if (list?.childElementCount === 0) fill([]);
}
