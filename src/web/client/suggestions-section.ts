/** What guests miss on the menu, most wanted first: `3 guests asked for: Diavola`. Looks by itself, now and then. */

import type { suggestionOperations } from "../../operations/suggestions.ts";
import { MAX_NAME_CHARACTERS } from "../../shared/item-names.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { cutList } from "./cut-list.ts";
import { answerOf, type Decoded, list, nothing, number, object, text } from "./decode.ts";
import { createButton, createElement, find } from "./dom.ts";
import { forAdmin } from "./role.ts";
import { settleRow } from "./settle-row.ts";

const texts = kitchen.reviews.suggestions;

/** Suggestions are not news that somebody waits for. */
const REFRESH_INTERVAL_MS = 60_000;

const suggestionList = answerOf<typeof suggestionOperations.listSuggestions>()(
  object({ suggestions: list(object({ id: text, text, guests: number })) }),
);
type Suggestion = Decoded<typeof suggestionList>["suggestions"][number];

const ROOM = { small: 1, large: 5 };

/** Shows them, and keeps looking while the page is in view. */
export function openSuggestions(): void {
  const body = find("suggestions-body");
  const cut = cutList(body, ROOM);
  body.after(cut.button);
  let shown = "";
  const refresh = async (): Promise<void> => {
    const answer = await callAdmin({ path: "/suggestions" }, suggestionList);
    if (!answer.ok) return;
    const { suggestions } = answer.value;
    const words = JSON.stringify(suggestions);
    // The same rows again would only lose the focus.
    if (words === shown) return;
    shown = words;
    find("suggestions").hidden = suggestions.length === 0;
    body.replaceChildren(...suggestions.map((suggestion) => createRow(suggestion, refresh)));
    cut.fill();
  };
  void refresh();
  setInterval(() => document.visibilityState === "visible" && void refresh(), REFRESH_INTERVAL_MS);
}

/** The menu's place, with the wish in the form for a new item, where it can still be put in other words. */
function linkToNewItem(wish: string): HTMLElement {
  const href = `/admin/menu?${new URLSearchParams({ name: wish.slice(0, MAX_NAME_CHARACTERS) })}`;
  return createElement("a", { class: "button", text: texts.add, attributes: { href } });
}

/** `refresh` is called once it is off the list. */
function createRow(suggestion: Suggestion, refresh: () => Promise<void>): HTMLElement {
  const words = createElement("p", {}, createElement("span", { text: texts.demand(suggestion.guests) }));
  words.append(" ", createElement("strong", { text: suggestion.text }));
  const alert = createElement("div", { attributes: { role: "alert" } });
  const add = forAdmin(linkToNewItem(suggestion.text));
  add.setAttribute("aria-label", texts.addIt(suggestion.text));
  const done = forAdmin(createButton(texts.done, "quiet", () => void drop()));
  done.setAttribute("aria-label", texts.doneWith(suggestion.text));
  const row = createElement(
    "li",
    { class: "doubt" },
    words,
    createElement("div", { class: "button-row" }, add, done),
    alert,
  );
  const drop = async () => {
    const remove = () => callAdmin({ method: "DELETE", path: `/suggestions/${suggestion.id}` }, nothing);
    if (!(await settleRow(row, alert, remove))) return;
    find("suggestions-status").textContent = texts.gone(suggestion.text);
    find("suggestions-title").focus();
    await refresh();
  };
  return row;
}
