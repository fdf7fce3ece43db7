/** The place that looks through many examples at once: which list, its tiles, and what is done to those that are selected. */
import { NONE_ID } from "../../shared/none-label.ts";
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClasses, Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import { createButton, createElement, find, showAlert } from "./dom.ts";
import { nameItems } from "./item-names.ts";
import type { Look } from "./look-address.ts";
import { createLookBar, listLabels } from "./look-bar.ts";
import { createChooser } from "./look-chooser.ts";
import { createDeeds, type DeedOutcome } from "./look-deeds.ts";
import { createLookDialog } from "./look-dialog.ts";
import { createLookGrid, type LookGrid } from "./look-grid.ts";
import { createLookPages } from "./look-pages.ts";
import { belongs, titleOf } from "./look-sources.ts";
import type { Tile } from "./look-tile.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import { createTrainingBar } from "./training-bar.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** `look` is the list that the address asks for. */
export function createLookPlace(look: Look, texts: LookTexts, refresh: () => Promise<void>): Place {
  const showOverview = createTrainingBar(refresh);
  let list: ReturnType<typeof createLookList> | null = null;
  const load = async (overview: Answer<Overview>): Promise<Problem | null> => {
    const answer = await fetchClasses();
    if (!answer.ok) return answer.error;
    const names = nameItems(answer.value.classes);
    if (list === null) {
      list = createLookList(look, texts, names, refresh);
      showTitle(titleOf(look, texts, names));
      find("look-body").replaceChildren(createChooser(look, texts, answer.value), ...list.elements);
    }
    list.setClasses(answer.value);
    await list.start();
    await overview;
    return null;
  };
  return { load, showOverview };
}

function showTitle({ title, note }: { readonly title: string; readonly note: string }): void {
  find("look-title").textContent = title;
  const words = document.querySelector("#look .section-note");
  if (words !== null) words.textContent = note;
  document.title = `${title} · ${kitchen.frame.page.title}`;
}

function createLookList(look: Look, texts: LookTexts, names: ItemNames, refresh: () => Promise<void>) {
  const context = { texts, names, isOneItem: look.kind === "item" };
  const alert = createElement("div", { attributes: { role: "alert" } });
  const deeds = createDeeds();
  const status = find("look-status");
  const tell = (words: string) => {
    status.textContent = words;
    if (deeds.canUndo())
      status.append(
        " ",
        createButton(texts.undo, "quiet", () => void undo()),
      );
  };
  const finish = async ({ done, refused, why }: DeedOutcome, words: string) => {
    grid.update(done, (tile) => belongs(look, tile));
    tell(done.length === 0 ? "" : words);
    showAlert(alert, refused === 0 ? "" : texts.refused(refused, why));
    await refresh();
  };
  const undo = async () => {
    const outcome = await deeds.undo();
    if (outcome !== null) await finish(outcome, texts.done.undone(outcome.done.length));
  };
  const change = async (
    tiles: readonly Tile[],
    wish: Parameters<typeof deeds.change>[1],
    say: (count: number) => string,
  ) => {
    const outcome = await deeds.change(tiles, wish);
    await finish(outcome, say(outcome.done.length));
  };
  const forget = async (tiles: readonly Tile[]) => {
    const answer = await deeds.forget(tiles.map(({ photo }) => photo));
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    grid.update(tiles, () => false);
    tell(texts.done.forgotten(tiles.length));
    await refresh();
  };
  const grid: LookGrid = createLookGrid(titleOf(look, texts, names).title, context, {
    onSelect: (chosen) => bar.show(chosen),
    onOpen: (tile) => dialog.open(tile, grid.shown()),
    onUndo: () => void undo(),
    onEnd: () => void pages.more(),
  });
  const dialog = createLookDialog(texts, () => ({ ...context, isOneItem: false }), grid.focus);
  const bar = createLookBar(texts, {
    open: (tile) => dialog.open(tile, grid.shown()),
    ...{ selectAll: grid.selectAll, selectNone: grid.selectNone, forget },
    move: (tiles, to) => change(tiles, { label: to }, (count) => texts.done.moved(count, nameOf(names, to))),
    setPurpose: (tiles, purpose) => change(tiles, { purpose }, purpose === "test" ? texts.done.aside : texts.done.back),
    confirm: (tiles) => change(tiles, { confirmed: true }, texts.done.confirmed),
  });
  const pages = createLookPages({ look, texts, names, grid, bar: bar.element, alert });
  const setClasses = (answer: ItemClasses) => bar.setLabels(listLabels(answer.classes, NONE_ID));
  return { elements: [...pages.elements, alert, bar.element, dialog.element], setClasses, start: pages.start };
}
