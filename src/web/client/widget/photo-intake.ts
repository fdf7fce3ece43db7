/** Where a photo goes in: two buttons, a place to drop it, and the photo that was chosen. */
import { createElement } from "../dom.ts";
import type { WidgetTexts } from "./widget-texts.ts";

/** Long side of the picture that shows what was chosen, in pixels. */
const SHOWN_PIXELS = 640;

interface PhotoIntakeOptions {
  readonly texts: WidgetTexts;
  readonly onPhoto: (photo: Blob) => void;
}

export interface PhotoIntake {
  readonly element: HTMLElement;
  /** Shows what is being looked at; nothing where the browser cannot draw it. */
  showPhoto(photo: Blob): Promise<void>;
  /** Back to an empty place, which takes the focus. */
  reset(): void;
}

export function createPhotoIntake({ texts, onPhoto }: PhotoIntakeOptions): PhotoIntake {
  const { intake } = texts;
  const attributes = { role: "img", "aria-label": intake.preview, part: "photo" };
  const canvas = createElement("canvas", { class: "photo", attributes });
  canvas.hidden = true;
  const choose = createFileButton(intake.choose, {}, onPhoto);
  const take = createFileButton(intake.take, { capture: "environment" }, onPhoto);
  // Elsewhere this button would open the very same window as the other one.
  take.button.hidden = !matchMedia("(pointer: coarse)").matches;
  const buttons = createElement("div", { class: "button-row" }, take.button, choose.button);
  /** Once there is an answer, the replies to it matter more than another photo. */
  const setPrimary = (isPrimary: boolean) => {
    for (const { button } of [take, choose]) button.classList.toggle("button-primary", isPrimary);
  };
  const element = createElement("div", { class: "intake" }, canvas, buttons);
  listenForDrops(element, onPhoto);
  return {
    element,
    async showPhoto(photo) {
      canvas.hidden = !(await drawPhoto(canvas, photo));
      choose.name.textContent = intake.another;
      setPrimary(false);
    },
    reset() {
      canvas.hidden = true;
      choose.name.textContent = intake.choose;
      setPrimary(true);
      choose.input.focus();
    },
  };
}

function createFileButton(words: string, more: Readonly<Record<string, string>>, onPhoto: (photo: Blob) => void) {
  const input = createElement("input", { class: "file", attributes: { type: "file", accept: "image/*", ...more } });
  const name = createElement("span", { text: words });
  const button = createElement("label", { class: "button button-primary" }, name, input);
  input.addEventListener("change", () => {
    const chosen = input.files?.[0];
    // Emptied, so that choosing the same photo again is noticed.
    input.value = "";
    if (chosen !== undefined) onPhoto(chosen);
  });
  return { button, input, name };
}

function listenForDrops(element: HTMLElement, onPhoto: (photo: Blob) => void): void {
  const mark = (isOver: boolean) => element.classList.toggle("intake-dropping", isOver);
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  element.addEventListener("dragleave", () => mark(false));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) onPhoto(file);
  });
}

/** Drawn and not linked: a site's Content-Security-Policy may refuse images of `blob:`. */
async function drawPhoto(canvas: HTMLCanvasElement, photo: Blob): Promise<boolean> {
  try {
    const bitmap = await createImageBitmap(photo, { imageOrientation: "from-image" });
    const scale = Math.min(1, SHOWN_PIXELS / Math.max(bitmap.width, bitmap.height));
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return true;
  } catch {
    return false;
  }
}
