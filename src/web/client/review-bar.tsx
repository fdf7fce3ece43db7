/** The bar over the queue: how to go through it by keyboard, and, once cards are selected, what to do with all of them. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, ReviewGroup } from "./admin-answers.ts";
import { Button } from "./controls.tsx";
import { Picker } from "./picker.tsx";
import { type BulkWish, describeSelection } from "./review-bulk.ts";
import { KEY_HELP } from "./review-keys.ts";

const texts = kitchen.reviewQueue.bar;

interface ReviewBarProps {
  readonly classes: readonly ItemClass[];
  readonly selected: readonly ReviewGroup[];
  /** How many cards of the queue show, and how many there are. */
  readonly shown: number;
  readonly waiting: number;
  readonly onWish: (wish: BulkWish) => void;
  /** All that show, or none. */
  readonly onSelectAll: (isSelected: boolean) => void;
  /** Whether its list of items is open. */
  readonly isPicking: boolean;
  readonly onPick: (isPicking: boolean) => void;
  /** The way back into the queue. */
  readonly onLeave: () => void;
}

/** Sends nothing itself: `onWish` hears what to do with all selected cards. */
export function ReviewBar(props: ReviewBarProps) {
  const { classes, selected, shown, waiting, onWish, onSelectAll, isPicking, onPick, onLeave } = props;
  const opener = useRef<HTMLElement | null>(null);
  const isAny = selected.length > 0;
  // Otherwise it would open by itself with the next card that is selected.
  useLayoutEffect(() => {
    if (isPicking && !isAny) onPick(false);
  });
  const openPicker = (by: HTMLElement) => {
    opener.current = by;
    onPick(true);
  };
  const leavePicker = () => {
    onPick(false);
    opener.current?.focus();
  };
  const clear = () => {
    onSelectAll(false);
    onLeave();
  };
  return (
    <div class="review-bar" hidden={shown === 0} data-selected={isAny ? "" : undefined}>
      <label class="choice" hidden={shown < 2}>
        <input
          type="checkbox"
          checked={shown > 0 && selected.length >= shown}
          indeterminate={isAny && selected.length < shown}
          onChange={({ currentTarget }) => onSelectAll(currentTarget.checked)}
        />
        <span>{shown < waiting ? texts.selectShown(shown) : texts.selectAll}</span>
      </label>
      <KeyHelp />
      <p class="bulk-count" role="status">
        {isAny && describeSelection(selected)}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div class="button-row" role="group" aria-label={texts.group} hidden={!isAny}>
        <Button kind="primary" onClick={() => onWish({ kind: "accept" })}>
          {texts.accept}
        </Button>
        <Button onClick={() => onWish({ kind: "reject" })}>{texts.reject}</Button>
        <Button onClick={openPicker}>{texts.relabel}</Button>
        <Button kind="quiet" onClick={clear}>
          {texts.clear}
        </Button>
      </div>
      {isAny && isPicking && (
        <Picker
          class="bulk-picker"
          items={classes.filter(({ archived }) => !archived)}
          onPick={({ id, name }) => onWish({ kind: "relabel", to: id, name })}
          onMissing={() => onWish({ kind: "relabel", to: NONE_ID, name: kitchen.none.name })}
          onBack={leavePicker}
        />
      )}
    </div>
  );
}

/** Shown where there is a keyboard to speak of; always there for screen readers. */
function KeyHelp() {
  return (
    <p class="keys soft small" id="review-keys">
      <span>{kitchen.reviewQueue.keys.start}</span>
      {KEY_HELP.map(([keys, does]) => (
        <span key={does}>
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
          {` ${does}`}
        </span>
      ))}
    </p>
  );
}
