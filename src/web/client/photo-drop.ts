/** The place on an item's card where photos are dropped or chosen, with the progress and the result of sending them. */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import type { PhotoLimits } from "./answers.ts";
import { createButton, createElement, showAlert } from "./dom.ts";
import { listenForDrops } from "./dropped-files.ts";
import { describeSummary, type ImportSummary } from "./import-summary.ts";
import { createUploader } from "./uploader.ts";

const texts = kitchen.items.upload;

interface PhotoDropOptions {
  readonly itemId: string;
  readonly limits: PhotoLimits;
  /** Called when photos have been taken in. */
  readonly onChange: () => Promise<void>;
}

interface PhotoDrop {
  readonly element: HTMLElement;
  setName(name: string): void;
  /** Sends photos as if they had been dropped on it; `onEnd` hears when they have come, or cannot. */
  add(photos: readonly File[], onEnd?: () => void): void;
}

/** `itemId` may be that of "not on the menu"; `onChange` is called when photos have been taken in. */
export function createPhotoDrop({ itemId, limits, onChange }: PhotoDropOptions): PhotoDrop {
  const input = createElement("input", {
    class: "visually-hidden",
    attributes: { type: "file", accept: "image/*", multiple: "" },
  });
  const icon = createElement("span", { class: "icon icon-photo", attributes: { "aria-hidden": "true" } });
  const words = createElement("span", { text: texts.drop });
  const zone = createElement("label", { class: "drop-zone" }, input, icon, words);
  const bar = createElement("progress", { class: "upload-bar", attributes: { "aria-label": texts.bar } });
  const status = createElement("p", { class: "soft small", attributes: { role: "status" } });
  const refused = createElement("div", {});
  const alert = createElement("div", { attributes: { role: "alert" } });
  bar.hidden = true;

  let waiting: readonly (() => void)[] = [];
  const end = () => {
    for (const onEnd of waiting) onEnd();
    waiting = [];
    void onChange();
  };
  const uploader = createUploader({
    itemId,
    limits,
    onProgress: (done, total) => {
      bar.hidden = false;
      bar.max = total;
      bar.value = done;
      status.textContent = texts.progress(done, total);
    },
    onFinish: (summary) => {
      bar.hidden = true;
      status.textContent = describeSummary(summary);
      refused.replaceChildren(...createRefusals(summary));
      end();
    },
    onProblem: (problem) => {
      const resume = createButton(texts.goOn, "plain", () => {
        showAlert(alert, "");
        uploader.resume();
      });
      showAlert(alert, problem.detail, resume);
      end();
    },
  });
  const add = (files: readonly File[], onEnd?: () => void) => {
    if (onEnd !== undefined) waiting = [...waiting, onEnd];
    showAlert(alert, "");
    refused.replaceChildren();
    uploader.add(files);
  };
  const element = createElement("div", { class: "photo-drop" }, zone, bar, status, refused, alert);
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // Emptied, so that choosing the same photos again is noticed.
    input.value = "";
    if (files.length > 0) add(files);
  });
  listenForDrops(zone, (files) => add(files));
  return { element, add, setName: (name) => input.setAttribute("aria-label", texts.choose(name)) };
}

function createRefusals({ refused }: ImportSummary): readonly HTMLElement[] {
  if (refused.length === 0) return [];
  const lines = refused.map(({ file, reason }) => {
    const line = createElement("li", {}, createElement("strong", { text: file }));
    line.append(` ${reason}`);
    return line;
  });
  // It scrolls when it is long, which takes the focus where there is no mouse.
  const attributes = { tabindex: "0", "aria-label": texts.refused };
  return [createElement("ul", { class: "refused small", attributes }, ...lines)];
}
