/** What guests miss on the menu, most wanted first: `3 guests asked for: Diavola`. Looks by itself, now and then. */

import { MAX_NAME_CHARACTERS } from "../../shared/item-names.ts";
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { type Decoded, list, nothing, number, object, text } from "./decode.ts";
import { createButton, createElement, find } from "./dom.ts";
import { forAdmin } from "./role.ts";
import { settleRow } from "./settle-row.ts";

const texts = kitchen.reviews.suggestions;

/** Suggestions are no news that somebody waits for. */
const REFRESH_INTERVAL_MS = 60_000;

const suggestionList = object({ suggestions: list(object({ id: text, text, guests: number })) });
type Suggestion = Decoded<typeof suggestionList>["suggestions"][number];

/** Shows them, and keeps looking while the page is in view. */
export function openSuggestions(): void {
  void refresh();
  setInterval(() => document.visibilityState === "visible" && void refresh(), REFRESH_INTERVAL_MS);
}

async function refresh(): Promise<void> {
  const answer = await callAdmin({ path: "/suggestions" }, suggestionList);
  if (!answer.ok) return;
  const { suggestions } = answer.value;
  find("suggestions").hidden = suggestions.length === 0;
  find("suggestions-body").replaceChildren(...suggestions.map(createRow));
}

/** The menu's place, with the wish in the form for a new item, where it can still be put in other words. */
function linkToNewItem(wish: string): HTMLElement {
  const href = `/admin/menu?${new URLSearchParams({ name: wish.slice(0, MAX_NAME_CHARACTERS) })}`;
  return createElement("a", { class: "button", text: texts.add, attributes: { href } });
}

function createRow(suggestion: Suggestion): HTMLElement {
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
