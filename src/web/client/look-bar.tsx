/** The bar below the tiles: how many are selected, and what can be done to them. It stays in sight, and never acts on a mere choice. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import type { ItemClasses } from "./admin-answers.ts";
import { Button } from "./controls.tsx";
import type { Selection } from "./grid-selection.ts";
import { listLabels } from "./item-names.ts";
import type { Tile } from "./look-tile.tsx";

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

interface LookBarProps {
  readonly texts: LookTexts;
  readonly shown: readonly Tile[];
  readonly selection: Selection;
  readonly classes: ItemClasses["classes"];
  readonly deeds: BarDeeds;
  /** The button that had the focus is no longer there. */
  readonly onFocusLost: () => void;
}

/** Hidden while there is nothing to select. */
export function LookBar({ texts, shown, selection, classes, deeds, onFocusLost }: LookBarProps) {
  const [isBusy, setBusy] = useState(false);
  // There is no way back from forgetting, so it takes a second press, on the very same tiles.
  const [asked, ask] = useState<Selection | null>(null);
  const asker = useRef<HTMLElement>(null);
  const target = useRef<HTMLSelectElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  useFocusWatch(bar, onFocusLost);
  const chosen = shown.filter(({ photo }) => selection.chosen.has(photo));
  const count = chosen.length;
  const act = (deed: (tiles: readonly Tile[]) => Promise<void>) => async () => {
    if (isBusy || count === 0) return;
    setBusy(true);
    await deed(chosen);
    setBusy(false);
  };
  const keep = () => {
    ask(null);
    asker.current?.focus();
  };
  const askToForget = (by: HTMLElement) => {
    asker.current = by;
    ask(selection);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: nothing is sent
    <div
      class="look-bar card"
      role="group"
      aria-label={texts.bar}
      aria-busy={isBusy}
      hidden={shown.length === 0}
      ref={bar}
    >
      <div class="look-choice">
        <p class="look-count" role="status">
          {texts.selected(count)}
        </p>
        <Button kind="quiet" onClick={deeds.selectAll}>
          {texts.selectAll}
        </Button>
        <Button kind="quiet" hidden={count === 0} onClick={deeds.selectNone}>
          {texts.selectNone}
        </Button>
      </div>
      <div class="look-deeds" hidden={count === 0}>
        <span class="look-move">
          <select aria-label={texts.moveTo} ref={target}>
            {listLabels(classes).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Button onClick={act((tiles) => deeds.move(tiles, target.current?.value ?? ""))}>{texts.move}</Button>
        </span>
        <Button hidden={chosen.every(({ confirmedAt }) => confirmedAt !== null)} onClick={act(deeds.confirm)}>
          {texts.confirm}
        </Button>
        <Button
          hidden={chosen.every(({ purpose }) => purpose === "test")}
          onClick={act((tiles) => deeds.setPurpose(tiles, "test"))}
        >
          {texts.setAside}
        </Button>
        <Button
          hidden={chosen.every(({ purpose }) => purpose !== "test")}
          onClick={act((tiles) => deeds.setPurpose(tiles, "learn"))}
        >
          {texts.giveBack}
        </Button>
        <Button hidden={count !== 1} onClick={() => deeds.open(chosen[0])}>
          {texts.open}
        </Button>
        <Button needs="admin" onClick={askToForget}>
          {texts.forget}
        </Button>
      </div>
      <div class="look-sure" role="alert">
        {asked === selection && <Sure {...{ texts, count, keep }} forget={act(deeds.forget)} />}
      </div>
    </div>
  );
}

/** Most of what is pressed here goes with what it was pressed for; `onLost` hears of it where that takes the focus away. */
function useFocusWatch(bar: RefObject<HTMLElement | null>, onLost: () => void): void {
  // Before the buttons change: one that is taken out no longer says that it had the focus.
  const hadFocus = bar.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (hadFocus && (activeElement === document.body || activeElement?.closest("[hidden]"))) onLost();
  });
}

interface SureProps {
  readonly texts: LookTexts;
  readonly count: number;
  readonly forget: () => Promise<void>;
  readonly keep: () => void;
}

/** The careful answer gets the focus. */
function Sure({ texts, count, forget, keep }: SureProps) {
  return (
    <div class="notice notice-alert">
      <p>{texts.sureToForget(count)}</p>
      <div class="button-row">
        <Button kind="alert" onClick={forget}>
          {texts.forgetThem(count)}
        </Button>
        <Button isFocused onClick={keep}>
          {texts.keep}
        </Button>
      </div>
    </div>
  );
}
