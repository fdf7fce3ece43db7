/** The place on an item's card where photos are dropped or chosen. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { PhotoLimits } from "./answers.ts";
import { createElement } from "./dom.ts";
import { listenForDrops } from "./dropped-files.ts";
import type { SampleDrop, SampleDropOptions } from "./sample-drop.ts";
import { BATCH_PHOTOS, createPhotoSender } from "./send-photos.ts";
import { createSendingView } from "./sending-view.ts";

const texts = kitchen.items.upload;

/** `itemId` may be that of "not on the menu"; `onChange` is called when photos have been taken in. */
export function createPhotoDrop(limits: PhotoLimits, { itemId, onChange }: SampleDropOptions): SampleDrop {
  const input = createElement("input", {
    class: "visually-hidden",
    attributes: { type: "file", accept: "image/*", multiple: "" },
  });
  const icon = createElement("span", { class: "icon icon-photo", attributes: { "aria-hidden": "true" } });
  const words = createElement("span", { text: texts.drop });
  const zone = createElement("label", { class: "drop-zone" }, input, icon, words);
  const sendBatch = createPhotoSender(itemId, limits);
  const { parts, add } = createSendingView({ batchSize: BATCH_PHOTOS, sendBatch, onChange });
  const element = createElement("div", { class: "photo-drop" }, zone, ...parts);
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // Emptied, so that choosing the same photos again is noticed.
    input.value = "";
    if (files.length > 0) add(files);
  });
  listenForDrops(zone, (files) => add(files));
  return { element, add, setName: (name) => input.setAttribute("aria-label", texts.choose(name)) };
}
