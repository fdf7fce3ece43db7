/** Labels that the newest version doubts: right after all, to be changed, or to be forgotten. Never decided by itself. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { cutList } from "./cut-list.ts";
import { createElement, find } from "./dom.ts";
import { createDoubtRow, type DoubtRow } from "./doubt-row.ts";
import { fetchSuspects } from "./label-api.ts";
import { createLookLink } from "./look-link.ts";
import { onePerPicture } from "./one-per-picture.ts";
import { takeAway } from "./settle-row.ts";
import type { ItemNames } from "./version-words.ts";

/** On a phone a row is as high as half a screen. */
const ROOM = { small: 1, large: 5 };

/** `refresh` is called after a label has been settled. */
export function createDoubtsSection(refresh: () => Promise<void>) {
  const empty = createElement("p", { class: "empty", text: kitchen.reviews.doubts.empty });
  const list = createElement("ul", { class: "card doubts", attributes: { "aria-labelledby": "doubts-title" } });
  const look = createElement("p", {}, createLookLink({ kind: "doubted" }, kitchen.reviews.doubtsSection.title));
  let rows = new Map<Element, DoubtRow>();
  const cut = cutList(list, ROOM, { onShown: (row) => rows.get(row)?.fill() });
  const fill = () => {
    cut.fill();
    list.hidden = list.childElementCount === 0;
    empty.hidden = !list.hidden;
    look.hidden = list.hidden;
    const body = find("doubts-body");
    if (!body.contains(list)) body.replaceChildren(empty, list, cut.button, look);
  };
  const leave = (row: HTMLElement) => {
    // It moves up into sight, and may be given the focus.
    const next = row.nextElementSibling;
    if (next !== null) rows.get(next)?.fill();
    next?.removeAttribute("hidden");
    takeAway(row, find("doubts-title"));
    fill();
  };
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
    const suspects = onePerPicture(answer.value.suspects);
    const place = { names, refresh, tell, leave, heading: "h3" } as const;
    rows = new Map(suspects.map((suspect) => createDoubtRow(suspect, place)).map((row) => [row.element, row]));
    list.replaceChildren(...rows.keys());
    fill();
  };
  return { show };
}

function tell(words: string): void {
  find("doubts-status").textContent = words;
}
