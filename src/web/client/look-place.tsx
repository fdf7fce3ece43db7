/** The place that looks through many examples at once: which list, its tiles, and what is done to those that are selected. */
import { useState } from "preact/hooks";
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClasses, Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import { Alert, Button } from "./controls.tsx";
import { find } from "./dom.ts";
import { NOTHING_SELECTED, selectAll } from "./grid-selection.ts";
import { nameItems } from "./item-names.ts";
import type { Look } from "./look-address.ts";
import { type BarDeeds, LookBar } from "./look-bar.tsx";
import { Chooser } from "./look-chooser.tsx";
import { createDeeds, type DeedOutcome } from "./look-deeds.ts";
import { LookDialog } from "./look-dialog.tsx";
import { LookTiles, useLookGrid } from "./look-grid.tsx";
import { useLookPages } from "./look-pages.tsx";
import { belongs, titleOf } from "./look-sources.ts";
import type { Tile } from "./look-tile.tsx";
import { shownOf } from "./look-tiles.ts";
import { mount } from "./mount.tsx";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import { createTrainingBar } from "./training-bar.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** `look` is the list that the address asks for. */
export function createLookPlace(look: Look, texts: LookTexts, refresh: () => Promise<void>): Place {
  const showOverview = createTrainingBar(refresh);
  const load = async (overview: Answer<Overview>): Promise<Problem | null> => {
    const answer = await fetchClasses();
    if (!answer.ok) return answer.error;
    const { classes } = answer.value;
    const names = nameItems(classes);
    showTitle(titleOf(look, texts, names));
    mount("look-body", <LookList {...{ look, texts, names, classes, refresh }} />);
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

interface LookListProps {
  readonly look: Look;
  readonly texts: LookTexts;
  readonly names: ItemNames;
  readonly classes: ItemClasses["classes"];
  readonly refresh: () => Promise<void>;
}

function LookList({ look, texts, names, classes, refresh }: LookListProps) {
  const [problem, complain] = useState("");
  const [opened, open] = useState<Tile | null>(null);
  const grid = useLookGrid();
  const pages = useLookPages({ look, texts, names, grid });
  const deeds = useLookDeeds({ look, texts, names, grid, refresh, complain });
  const shown = shownOf(grid.tiles);
  /** The button goes with the last page; the first of the new tiles is where reading goes on. */
  const more = async () => {
    const at = grid.ids().length;
    await pages.more();
    const fresh = grid.ids().at(at);
    if (fresh !== undefined) grid.focus(fresh);
  };
  const close = (photo: string) => {
    open(null);
    grid.focus(photo);
  };
  const bar: BarDeeds = {
    open,
    ...deeds,
    selectAll: () => grid.select(selectAll(grid.ids())),
    selectNone: () => grid.select(NOTHING_SELECTED),
  };
  return (
    <>
      <Chooser {...{ look, texts, classes }} />
      <p class="soft small look-keys" hidden={shown.length === 0}>
        {/* One of the two shows, by what the device has to point with. */}
        <span class="look-by-keys">{texts.keys}</span>
        <span class="look-by-taps">{texts.taps}</span>
      </p>
      <p class="soft small" role="status">
        {pages.words}
      </p>
      <LookTiles
        {...{ grid, texts, names }}
        name={titleOf(look, texts, names).title}
        isOneItem={look.kind === "item"}
        audience={{ onOpen: open, onUndo: () => void deeds.undo(), onEnd: () => void pages.more() }}
      />
      <div ref={pages.end}>
        {pages.hasMore && (
          <Button kind="more" onClick={more}>
            {texts.more}
          </Button>
        )}
      </div>
      <Alert text={problem || pages.problem} />
      <LookBar
        {...{ texts, shown, classes, deeds: bar, onFocusLost: grid.focusStop }}
        selection={grid.tiles.selection}
      />
      {opened && <LookDialog photo={opened.photo} around={shown} {...{ texts, names, onClose: close }} />}
    </>
  );
}

interface DeedsContext extends Omit<LookListProps, "classes"> {
  readonly grid: ReturnType<typeof useLookGrid>;
  readonly complain: (problem: string) => void;
}

/** What is done to tiles, told in the place's live region with the way back. */
function useLookDeeds({ look, texts, names, grid, refresh, complain }: DeedsContext) {
  const [deeds] = useState(createDeeds);
  const tell = (words: string) => {
    const hadFocus = find("look-status").contains(document.activeElement);
    mount(
      "look-status",
      <>
        {words}
        {deeds.canUndo() && (
          <>
            {" "}
            <Button kind="quiet" onClick={undo}>
              {texts.undo}
            </Button>
          </>
        )}
      </>,
    );
    if (hadFocus && !deeds.canUndo()) grid.focusStop();
  };
  const finish = async ({ done, refused, why }: DeedOutcome, words: string) => {
    grid.update(done, (tile) => belongs(look, tile));
    tell(done.length === 0 ? "" : words);
    complain(refused === 0 ? "" : texts.refused(refused, why));
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
    complain(answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    grid.update(tiles, () => false);
    tell(texts.done.forgotten(tiles.length));
    await refresh();
  };
  return {
    undo,
    forget,
    move: (tiles: readonly Tile[], to: string) =>
      change(tiles, { label: to }, (count) => texts.done.moved(count, nameOf(names, to))),
    setPurpose: (tiles: readonly Tile[], purpose: "learn" | "test") =>
      change(tiles, { purpose }, purpose === "test" ? texts.done.aside : texts.done.back),
    confirm: (tiles: readonly Tile[]) => change(tiles, { confirmed: true }, texts.done.confirmed),
  };
}
