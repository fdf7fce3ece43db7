/** Setting examples of one item aside: a switch beside each of them, and a share of all of them at once. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement } from "./dom.ts";
import type { Example } from "./label-answers.ts";
import { forAdmin } from "./role.ts";
import { settleRow } from "./settle-row.ts";
import { createShareButtons } from "./share-buttons.ts";
import { changePurpose } from "./testing-api.ts";

const texts = kitchen.itemTools.photos;
/** A button that is pressed while the example is set aside. `onChange` hears what it is for now. */
export function createPurposeSwitch(
  { photo, purpose }: Example,
  name: string,
  place: { readonly row: () => HTMLElement; readonly alert: HTMLElement },
  onChange: (purpose: "learn" | "test") => void,
): HTMLElement {
  let isAside = purpose === "test";
  const button = createButton(texts.setAside, "quiet", async () => {
    const wanted = isAside ? "learn" : "test";
    if (!(await settleRow(place.row(), place.alert, () => changePurpose(photo, wanted)))) return;
    isAside = !isAside;
    button.setAttribute("aria-pressed", String(isAside));
    onChange(wanted);
  });
  button.setAttribute("aria-pressed", String(isAside));
  button.setAttribute("aria-label", texts.setPhotoAside(name));
  return button;
}

/** `classId` is the item's; `onChange` is called when examples have been set aside or given back, with what to say. */
export function createShareTool(classId: string, onChange: (words: string) => Promise<void>): HTMLElement {
  const alert = createElement("div", { attributes: { role: "alert" } });
  const { setItemAside: setAside, giveItemBack: giveBack, setAsideDone, givenBack: giveBackDone } = texts;
  const words = { setAside, giveBack, setAsideDone, giveBackDone };
  const { aside, back } = createShareButtons({ classId, words, kind: "quiet", alert, onChange });
  return forAdmin(createElement("div", { class: "button-row" }, aside, back, alert));
}
