/**
 * A button that takes pictures while it is held: with a finger, a mouse, Space or Enter. A short press does the same without
 * holding, until all pictures are taken or it is pressed again: not everybody can hold a button, and a screen reader only clicks.
 */
import type { Camera } from "./camera-device.ts";
import { createButton } from "./dom.ts";
import { isAlike } from "./frame-likeness.ts";

/** Pictures of one holding: enough to be told apart, and the next item's turn. */
export const WANTED_PICTURES = 20;
/** Looks through the camera before it gives up on a view that does not change. */
const MOST_LOOKS = 60;
const LOOK_EVERY_MS = 120;
/** A press that ends sooner was a click. */
const CLICK_MS = 300;

interface HoldOptions {
  readonly text: string;
  readonly camera: () => Camera | null;
  readonly onBegin: () => void;
  /** Hears of each picture that is kept. */
  readonly onPicture: (taken: number) => void;
  /** The pictures of one holding, and how many more were left out because they looked the same. */
  readonly onEnd: (photos: readonly File[], alike: number) => void;
}

export function createHoldButton({ text, camera, onBegin, onPicture, onEnd }: HoldOptions): HTMLButtonElement {
  const button = createButton(text, "plain", () => undefined);
  let isTaking = false;
  let pressedAt: number | null = null;

  const take = async () => {
    const open = camera();
    if (isTaking || open === null) return;
    isTaking = true;
    onBegin();
    button.setAttribute("aria-pressed", "true");
    const { photos, alike } = await takePictures(open, () => isTaking, onPicture);
    isTaking = false;
    button.setAttribute("aria-pressed", "false");
    onEnd(photos, alike);
  };
  const press = () => {
    if (pressedAt !== null) return; // a key that is held repeats
    pressedAt = performance.now();
    if (isTaking) isTaking = false;
    else void take();
  };
  const release = () => {
    if (pressedAt !== null && performance.now() - pressedAt >= CLICK_MS) isTaking = false;
    pressedAt = null;
  };
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("pointerdown", press);
  for (const event of ["pointerup", "pointercancel", "pointerleave", "blur"]) button.addEventListener(event, release);
  for (const [event, act] of [
    ["keydown", press],
    ["keyup", release],
  ] as const) {
    button.addEventListener(event, (pressed) => {
      if (pressed.key !== " " && pressed.key !== "Enter") return;
      pressed.preventDefault(); // else it would click as well
      act();
    });
  }
  // A screen reader clicks without pointer or key.
  button.addEventListener("click", ({ detail }) => {
    if (detail > 0) return;
    press();
    release();
  });
  // A long press must not open the phone's menu.
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  return button;
}

async function takePictures(camera: Camera, goesOn: () => boolean, onPicture: (taken: number) => void) {
  const photos: File[] = [];
  const kept: Float32Array[] = [];
  let alike = 0;
  for (let looks = 0; looks < MOST_LOOKS && photos.length < WANTED_PICTURES && goesOn(); looks++) {
    const frame = await camera.takeFrame();
    if (frame !== null && isAlike(frame.signature, kept)) alike++;
    else if (frame !== null) {
      kept.push(frame.signature);
      photos.push(new File([frame.photo], `camera-${photos.length + 1}.jpg`, { type: frame.photo.type }));
      onPicture(photos.length);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return { photos, alike };
}
