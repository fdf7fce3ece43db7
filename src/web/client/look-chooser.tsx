/** The way from one list to another: chosen first, and gone to by a button, since a choice alone should not take the page away. */
import { useState } from "preact/hooks";
import { NONE_ID } from "../../shared/none-label.ts";
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClasses } from "./admin-answers.ts";
import { Button, Field } from "./controls.tsx";
import { addressOf, type Look } from "./look-address.ts";

interface ChooserProps {
  /** The list that shows; one that the chooser does not have leaves it at its first. */
  readonly look: Look;
  readonly texts: LookTexts;
  readonly classes: ItemClasses["classes"];
}

export function Chooser({ look, texts, classes }: ChooserProps) {
  const options: readonly (readonly [Look, string])[] = [
    [{ kind: "doubted" }, texts.doubted],
    [{ kind: "twins" }, texts.twins],
    ...classes.filter(({ mergedInto }) => mergedInto === null).map(({ id, name }) => toOption(id, texts.ofItem(name))),
    toOption(NONE_ID, kitchen.none.title),
  ];
  const addresses = options.map(([one]) => addressOf(one));
  const [chosen, choose] = useState(addressOf(look));
  const to = addresses.includes(chosen) ? chosen : addresses[0];
  return (
    <div class="look-chooser">
      <Field name={texts.chooser}>
        <select value={to} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {options.map(([, text], at) => (
            <option key={addresses[at]} value={addresses[at]}>
              {text}
            </option>
          ))}
        </select>
      </Field>
      <Button onClick={() => location.assign(to)}>{texts.show}</Button>
      <a href="/admin/map">{kitchen.frame.places.map}</a>
    </div>
  );
}

function toOption(item: string, name: string): readonly [Look, string] {
  return [{ kind: "item", item }, name];
}
