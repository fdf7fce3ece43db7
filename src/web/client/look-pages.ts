/** Brings the tiles of a list page by page: the first at once, the next when the end of the last comes near, or when it is asked for. */
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import type { Look } from "./look-address.ts";
import type { LookGrid } from "./look-grid.ts";
import { fetchTiles } from "./look-sources.ts";
import type { ItemNames } from "./version-words.ts";

/** How far below the window the end may be when the next page is asked for: a screen or two. */
const AHEAD = "0px 0px 1200px 0px";

interface PagesContext {
  readonly look: Look;
  readonly texts: LookTexts;
  readonly names: ItemNames;
  readonly grid: LookGrid;
  /** Hidden while there is nothing to select. */
  readonly bar: HTMLElement;
  readonly alert: HTMLElement;
}

/** Nothing is asked for before `start`, which may be called again and again. */
export function createLookPages({ look, texts, names, grid, bar, alert }: PagesContext) {
  const keys = createElement("p", { class: "soft small look-keys" }, ...describeKeys(texts));
  const count = createElement("p", { class: "soft small", attributes: { role: "status" } });
  const button = createButton(texts.more, "plain", () => void more());
  let next: string | null = "";
  let isStarted = false;
  button.classList.add("show-more");
  button.hidden = true;
  bar.hidden = true;

  const more = async () => {
    if (next === null || isBusy(button)) return;
    setBusy(button, true);
    const answer = await fetchTiles(look, next, texts, names);
    setBusy(button, false);
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    const { tiles, total, isComplete } = answer.value;
    next = answer.value.next === "" ? null : answer.value.next;
    grid.append(tiles);
    const shown = grid.shown();
    const hasFaces = shown.some(({ picture, text }) => picture || text !== null);
    grid.element.classList.toggle("look-list", !shown.some(({ picture }) => picture));
    button.hidden = next === null;
    bar.hidden = shown.length === 0;
    keys.hidden = shown.length === 0;
    count.textContent = [
      describeCount(shown.length, next === null ? null : total, texts),
      ...(hasFaces || shown.length === 0 ? [] : [texts.words]),
      ...(isComplete || total === null ? [] : [texts.partly(shown.length, total)]),
    ].join(" ");
    observe();
  };
  // Fires once for each time that the end comes near, and at once for an end that still is.
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void more();
    },
    { rootMargin: AHEAD },
  );
  const observe = () => {
    observer.disconnect();
    if (next !== null) observer.observe(button);
  };
  const start = async () => {
    if (isStarted) return;
    isStarted = true;
    await more();
  };
  return { elements: [keys, count, grid.element, button], start, more };
}

function describeCount(shown: number, total: number | null, texts: LookTexts): string {
  if (shown === 0) return texts.empty;
  return total === null ? texts.shownAll(shown) : texts.shown(shown, total);
}

/** One of the two shows, by what the device has to point with. */
function describeKeys(texts: LookTexts): readonly HTMLElement[] {
  const keys = createElement("span", { class: "look-by-keys", text: texts.keys });
  return [keys, createElement("span", { class: "look-by-taps", text: texts.taps })];
}
