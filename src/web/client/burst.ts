/**
 * Three shots in a row, on a phone: what the camera sees in place of the photo, and a button that takes them. Nothing is asked of the camera
 * before the guest opens it, and it is let go with the third shot, on the way back, and when the page is out of sight.
 */
import { texts } from "../texts/page-texts.ts";
import { type Camera, openCamera } from "./camera-device.ts";
import { createButton, createElement, find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";

const SHOTS = 3;
/** Long enough for a hand to move, so that not all three miss in the same way. */
const SHOT_EVERY_MS = 250;
/** Looks at a camera that shows nothing yet. */
const MOST_LOOKS = 20;

const words = texts.intake.burst;

/** Photos of one thing, at least one. */
export type Shots = readonly [Blob, ...Blob[]];

/** Puts the button of the page into use, where a page may use a camera at all. */
export function offerBurst(onShots: (shots: Shots) => void): void {
  const offer = findElement("burst-button", HTMLButtonElement);
  // Absent on pages that came without https from another machine, whatever the types say.
  if (!("mediaDevices" in navigator)) return;
  offer.hidden = false;
  offer.addEventListener("click", () => void openView(offer, onShots));
}

async function openView(offer: HTMLButtonElement, onShots: (shots: Shots) => void): Promise<void> {
  const covered = [find("photo-frame"), find("chooser")];
  const view = createView();
  let camera: Camera | null = null;
  let isOpen = true;

  function close(): void {
    isOpen = false;
    camera?.close();
    document.removeEventListener("visibilitychange", closeUnseen);
    view.element.remove();
    for (const element of covered) element.hidden = false;
    offer.focus({ preventScroll: true });
  }
  function closeUnseen(): void {
    if (document.hidden) close();
  }
  async function shoot(): Promise<void> {
    if (camera === null || isBusy(view.take)) return;
    setBusy(view.take, true);
    const [first, ...others] = await takeShots(camera, view.count, () => isOpen);
    if (!isOpen) return;
    if (first === undefined) {
      setBusy(view.take, false);
      return showAlert(view.alert, words.problems.busy);
    }
    close();
    onShots([first, ...others]);
  }

  view.take.addEventListener("click", () => void shoot());
  view.back.addEventListener("click", close);
  view.element.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  document.addEventListener("visibilitychange", closeUnseen);
  for (const element of covered) element.hidden = true;
  covered[0].before(view.element);
  view.element.scrollIntoView({ block: "nearest" });
  view.back.focus();
  const opened = await openCamera(view.video);
  if (!isOpen) return opened.ok ? opened.value.close() : undefined; // closed again while the browser asked
  if (!opened.ok) return showAlert(view.alert, words.problems[opened.error]);
  camera = opened.value;
  for (const element of [view.video, view.hint, view.take]) element.hidden = false;
  view.take.focus();
}

/** Without its camera at first: what needs one is hidden. */
function createView() {
  const video = createElement("video", { class: "burst-view", attributes: { "aria-label": words.view } });
  Object.assign(video, { muted: true, playsInline: true });
  const hint = createElement("p", { class: "soft small", text: words.hint, attributes: { role: "status" } });
  const alert = createElement("div", { attributes: { role: "alert" } });
  const take = createButton(words.take, "primary", () => undefined);
  const back = createButton(words.back, "plain", () => undefined);
  for (const element of [video, hint, take]) element.hidden = true;
  const row = createElement("div", { class: "button-row" }, take, back);
  const attributes = { role: "group", "aria-label": words.offer };
  const element = createElement("div", { class: "burst", attributes }, video, hint, alert, row);
  const count = (taken: number) => {
    hint.textContent = words.taking(taken, SHOTS);
  };
  return { element, video, hint, alert, take, back, count };
}

/** Fewer where the camera shows nothing for long, or nobody wants them any more. */
async function takeShots(camera: Camera, onShot: (taken: number) => void, goesOn: () => boolean): Promise<Blob[]> {
  const shots: Blob[] = [];
  for (let looks = 0; looks < MOST_LOOKS && goesOn(); looks++) {
    const frame = await camera.takeFrame();
    if (frame !== null) {
      shots.push(frame.photo);
      onShot(shots.length);
    }
    if (shots.length === SHOTS) break;
    await new Promise((resolve) => setTimeout(resolve, SHOT_EVERY_MS));
  }
  return shots;
}
