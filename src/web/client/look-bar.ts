/** The bar below the tiles: how many are selected, and what can be done to them. It stays in sight, and never acts on a mere choice. */
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement, isBusy, setBusy } from "./dom.ts";
import type { Tile } from "./look-tile.ts";
import { forAdmin } from "./role.ts";

/** What the bar asks for; each resolves when it is done. */
export interface BarDeeds {
  readonly open: (tile: Tile) => void;
  readonly selectAll: () => void;
  readonly selectNone: () => void;
  readonly move: (tiles: readonly Tile[], to: string) => Promise<void>;
  readonly setPurpose: (tiles: readonly Tile[], purpose: "learn" | "test") => Promise<void>;
  readonly confirm: (tiles: readonly Tile[]) => Promise<void>;
  readonly forget: (tiles: readonly Tile[]) => Promise<void>;
}

/** What a photo may be moved to. */
interface Label {
  readonly id: string;
  readonly name: string;
}

interface LookBar {
  readonly element: HTMLElement;
  /** Hears what is selected. */
  show(chosen: readonly Tile[]): void;
  setLabels(labels: readonly Label[]): void;
}

/** Nothing is selected at first. */
export function createLookBar(texts: LookTexts, deeds: BarDeeds): LookBar {
  let chosen: readonly Tile[] = [];
  const words = createElement("p", { class: "look-count", text: texts.selected(0), attributes: { role: "status" } });
  const act = (deed: () => Promise<void>) => async () => {
    if (isBusy(element) || chosen.length === 0) return;
    setBusy(element, true);
    await deed();
    setBusy(element, false);
  };
  const select = createElement("select", { attributes: { "aria-label": texts.moveTo } });
  const button = (text: string, deed: () => Promise<void>) => createButton(text, "plain", () => void act(deed)());
  const open = createButton(texts.open, "plain", () => {
    const [tile] = chosen;
    if (tile !== undefined) deeds.open(tile);
  });
  const move = createElement(
    "span",
    { class: "look-move" },
    select,
    button(texts.move, () => deeds.move(chosen, select.value)),
  );
  const aside = button(texts.setAside, () => deeds.setPurpose(chosen, "test"));
  const back = button(texts.giveBack, () => deeds.setPurpose(chosen, "learn"));
  const confirm = button(texts.confirm, () => deeds.confirm(chosen));
  const sure = createElement("div", { class: "look-sure", attributes: { role: "alert" } });
  const forget = forAdmin(
    createButton(texts.forget, "plain", () =>
      askToForget(
        sure,
        forget,
        chosen,
        texts,
        act(() => deeds.forget(chosen)),
      ),
    ),
  );
  const buttons = createElement("div", { class: "look-deeds" }, move, confirm, aside, back, open, forget);
  const all = createButton(texts.selectAll, "quiet", deeds.selectAll);
  const none = createButton(texts.selectNone, "quiet", deeds.selectNone);
  const head = createElement("div", { class: "look-choice" }, words, all, none);
  const attributes = { role: "group", "aria-label": texts.bar };
  const element = createElement("div", { class: "look-bar card", attributes }, head, buttons, sure);

  const show = (now: readonly Tile[]) => {
    chosen = now;
    words.textContent = texts.selected(now.length);
    sure.replaceChildren();
    buttons.hidden = now.length === 0;
    none.hidden = now.length === 0;
    open.hidden = now.length !== 1;
    aside.hidden = now.every(({ purpose }) => purpose === "test");
    back.hidden = now.every(({ purpose }) => purpose !== "test");
    confirm.hidden = now.every(({ confirmedAt }) => confirmedAt !== null);
  };
  const setLabels = (labels: readonly Label[]) => {
    const { value } = select;
    select.replaceChildren(
      ...labels.map(({ id, name }) => createElement("option", { text: name, attributes: { value: id } })),
    );
    if (labels.some(({ id }) => id === value)) select.value = value;
  };
  show([]);
  return { element, show, setLabels };
}

/** There is no way back from it, so it takes a second press. */
function askToForget(
  place: HTMLElement,
  opener: HTMLElement,
  chosen: readonly Tile[],
  texts: LookTexts,
  forget: () => Promise<void>,
): void {
  const words = createElement("p", { text: texts.sureToForget(chosen.length) });
  const yes = createButton(texts.forgetThem(chosen.length), "plain", () => void forget());
  yes.classList.add("button-alert");
  const keep = createButton(texts.keep, "plain", () => {
    place.replaceChildren();
    opener.focus();
  });
  const row = createElement("div", { class: "button-row" }, yes, keep);
  place.replaceChildren(createElement("div", { class: "notice notice-alert" }, words, row));
  keep.focus();
}

/** The items that can have photos, and "not on the menu". */
export function listLabels(
  classes: readonly (Label & { readonly archived: boolean })[],
  noneId: string,
): readonly Label[] {
  return [...classes.filter(({ archived }) => !archived), { id: noneId, name: kitchen.none.title }];
}
