/** "Which one is it?" on a card of the kitchen: the list of items that the guests' page has too, which does without components. */
import { useLayoutEffect, useRef } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createItemPicker, type PickerOptions } from "./item-picker.ts";

interface PickerProps extends Pick<PickerOptions, "items" | "onPick" | "onBack"> {
  readonly class: string;
  /** It is none of the items. */
  readonly onMissing: () => void;
}

/** Takes the focus when it appears. Its items are those of that moment. */
export function Picker(props: PickerProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  useLayoutEffect(() => {
    const picker = createItemPicker({
      texts: kitchen.picker,
      items: props.items,
      onPick: (item) => latest.current.onPick(item),
      onMissing: () => latest.current.onMissing(),
      onBack: () => latest.current.onBack(),
    });
    place.current?.replaceChildren(picker.element);
    picker.focus();
  }, []);
  return <div class={props.class} ref={place} />;
}
