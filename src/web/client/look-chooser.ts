/** The way from one list to another: chosen first, and gone to by a button, since a choice alone should not take the page away. */
import { NONE_ID } from "../../shared/none-label.ts";
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClasses } from "./admin-answers.ts";
import { createButton, createElement } from "./dom.ts";
import { addressOf, type Look } from "./look-address.ts";

/** `look` is the list that shows; one that the chooser does not have leaves it at its first. */
export function createChooser(look: Look, texts: LookTexts, { classes }: ItemClasses): HTMLElement {
  const options: readonly (readonly [Look, string])[] = [
    [{ kind: "doubted" }, texts.doubted],
    [{ kind: "twins" }, texts.twins],
    ...classes.filter(({ mergedInto }) => mergedInto === null).map(({ id, name }) => toOption(id, texts.ofItem(name))),
    toOption(NONE_ID, kitchen.none.title),
  ];
  const select = createElement(
    "select",
    { attributes: { id: "look-chooser" } },
    ...options.map(([one, text]) => createElement("option", { text, attributes: { value: addressOf(one) } })),
  );
  const here = addressOf(look);
  if (options.some(([one]) => addressOf(one) === here)) select.value = here;
  const label = createElement(
    "label",
    { class: "field", attributes: { for: "look-chooser" } },
    createElement("span", { class: "field-name", text: texts.chooser }),
    select,
  );
  const go = createButton(texts.show, "plain", () => location.assign(select.value));
  const map = createElement("a", { text: kitchen.frame.places.map, attributes: { href: "/admin/map" } });
  return createElement("div", { class: "look-chooser" }, label, go, map);
}

function toOption(item: string, name: string): readonly [Look, string] {
  return [{ kind: "item", item }, name];
}
