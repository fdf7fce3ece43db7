/**
 * The guests' page: takes a photo, asks what it shows, and hands over to `form-reply.ts`. Owns the state of the page and its
 * order of events; wording, shrinking and the picker live in their own modules.
 */
import { ok, type Result } from "../../shared/result.ts";
import { EXAMPLE_NOTES } from "../example-note.ts";
import { explainToGuest } from "../guests/guest-problems.ts";
import { describeReadiness, noteOnCopy } from "../guests/wording.ts";
import { texts } from "../texts/page-texts.ts";
import { type Classification, classification, type Menu, menu } from "./answers.ts";
import { offerBurst, type Shots } from "./burst.ts";
import { callApi } from "./call-api.ts";
import { placeChooser } from "./chooser-place.ts";
import { createButton, createElement, find, findElement } from "./dom.ts";
import { ignoreStrayDrops, listenForDrops, listenForPaste } from "./dropped-files.ts";
import { findPanel } from "./form-panel.ts";
import { type SentCopy, showAnswer } from "./form-reply.ts";
import { callAsHuman } from "./human-check.ts";
import { createMenuView } from "./menu-view.ts";
import { createDeviceSwitch, DEVICE_CODE } from "./on-device-switch.ts";
import type { Problem } from "./problem.ts";
import { readDrawing } from "./sample-drawing.ts";
import { offerSamples } from "./samples.ts";
import { makeThumbnail, shrinkPhoto } from "./shrink-photo.ts";

/** Most answers are there by then; from here on a guest wonders whether anything is going on. */
const SLOW_AFTER_MS = 5_000;

const region = find("panel");
const panel = findPanel();
const preview = findElement("preview", HTMLImageElement);
const chooseInput = findElement("choose-input", HTMLInputElement);
const cameraInput = findElement("camera-input", HTMLInputElement);

const device = createDeviceSwitch(async (onProgress) =>
  (await import("./on-device.ts")).prepareDeviceEmbedder(onProgress),
);
const showSamples = offerSamples(Object.values(EXAMPLE_NOTES), (sample) => void lookAtSample(sample));

let knownMenu: Menu | null = null;
/** The photo, or the shots of one thing. */
let shown: Shots | null = null;
let running = new AbortController();
/** Whether the last attempt failed for want of a connection. */
let isCutOff = false;

async function loadMenu(): Promise<Menu | null> {
  const answer = await callApi({ path: "/v1/menu" }, menu);
  if (answer.ok) {
    knownMenu = answer.value;
    showSamples(answer.value);
    return answer.value;
  }
  showProblem(answer.error);
  return null;
}

function retry(): void {
  if (shown === null) void start();
  else void lookAt(shown);
}

async function start(): Promise<void> {
  isCutOff = false;
  const loaded = await loadMenu();
  // A photo that was chosen while the menu was loading has the panel by now.
  if (shown === null && loaded !== null) showMenu(loaded);
}

function showMenu(loaded: Menu): void {
  const { headline, detail } = describeReadiness(loaded, texts);
  panel.say(headline, detail);
  panel.show(...createMenuView(loaded));
}

function showPreview(chosen: Blob): void {
  URL.revokeObjectURL(preview.src);
  preview.src = URL.createObjectURL(chosen);
  preview.hidden = false;
  find("photo-hint").hidden = true;
  nameChooser(texts.intake.another);
  document.body.dataset.stage = "photo";
  placeChooser();
}

function hidePreview(): void {
  preview.hidden = true;
  find("photo-hint").hidden = false;
  nameChooser(texts.intake.choose);
  delete document.body.dataset.stage;
  placeChooser();
}

/** The same words to see and to hear, so that people who speak to the page can say what is written there. */
function nameChooser(words: string): void {
  find("choose-text").textContent = words;
  chooseInput.setAttribute("aria-label", words);
}

async function lookAt(chosen: Shots): Promise<void> {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  shown = chosen;
  isCutOff = false;
  const isPhotoKept = device.isOn();
  const [first, ...others] = chosen;
  showPreview(first);
  panel.say(texts.answer.looking);
  panel.show(createElement("div", { class: "skeleton", attributes: { "aria-hidden": "true" } }));
  region.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => !signal.aborted && panel.say(texts.answer.looking, texts.answer.slow), SLOW_AFTER_MS);
  const answer = await ask(chosen, signal);
  clearTimeout(slow);
  if (signal.aborted) return;
  if (answer?.ok) {
    const knownItems = knownMenu?.items ?? [];
    showAnswer({
      texts,
      panel,
      call: callAsHuman,
      answer: answer.value,
      makeCopy: async () => (isPhotoKept || device.isOn() ? {} : copyOf(await makeThumbnail(first))),
      note: isPhotoKept ? texts.answer.noteWithoutPicture : noteOnCopy(texts, knownMenu?.picturesKept),
      shots: others.length > 0 ? chosen.length : undefined,
      signal,
      knownItems,
      onAgain: retry,
      onReset: reset,
    });
  } else if (answer !== null) showProblem(answer.error);
  region.removeAttribute("aria-busy");
  // With the answer in sight, the photo above it stays there too.
  (answer?.ok ? find("verdict") : region).scrollIntoView({ block: "nearest" });
}

async function lookAtSample(sample: HTMLElement): Promise<void> {
  const drawing = await readDrawing(sample);
  if (drawing.ok) await lookAt([drawing.value]);
  else showProblem(drawing.error);
}

function copyOf(thumbnail: string | null): SentCopy {
  return thumbnail === null ? {} : { thumbnail };
}

/** The answer for the photo, or to all shots together; null where the menu could not be read, which has been said by then. */
async function ask(chosen: Shots, signal: AbortSignal): Promise<Result<Classification, Problem> | null> {
  const limits = (knownMenu ?? (await loadMenu()))?.limits;
  if (limits === undefined || signal.aborted) return null;
  const [first, ...others] = chosen;
  const shrunk: Shots = [
    await shrinkPhoto(first, limits),
    ...(await Promise.all(others.map((shot) => shrinkPhoto(shot, limits)))),
  ];
  const body = device.isOn() ? await device.embed(shrunk, limits) : ok(toBody(shrunk));
  if (!body.ok) return body;
  const path = body.value instanceof FormData ? "/v1/classify?together=true" : "/v1/classify";
  const answer = await callAsHuman({ method: "POST", path, body: body.value, signal }, classification);
  if (!answer.ok && answer.error.code === "backbone_mismatch") device.forget();
  return answer;
}

function toBody([first, ...others]: Shots): Blob | FormData {
  if (others.length === 0) return first;
  const form = new FormData();
  for (const shot of [first, ...others]) form.append("image", shot);
  return form;
}

/** The photo stays where it is, whatever went wrong. */
function showProblem({ code, detail }: Problem): void {
  panel.clear();
  isCutOff = code === "offline";
  const { text, remedy } = explainToGuest(code, texts, code === DEVICE_CODE ? detail : undefined);
  const actions = {
    again: [createButton(texts.again, "plain", retry)],
    "other-photo": [createButton(texts.anotherPhoto, "plain", () => chooseInput.click())],
    none: [],
  };
  panel.warn(text, ...actions[remedy]);
}

function reset(): void {
  running.abort();
  shown = null;
  hidePreview();
  panel.say("");
  panel.show();
  if (knownMenu !== null) showMenu(knownMenu);
  chooseInput.focus();
  scrollTo({ top: 0 });
}

for (const input of [chooseInput, cameraInput]) {
  input.addEventListener("change", () => {
    const chosen = input.files?.[0];
    if (chosen === undefined) return;
    // Emptied, so that choosing the same photo again is noticed.
    input.value = "";
    void lookAt([chosen]);
  });
}
preview.addEventListener("error", () => {
  // The browser cannot show this format; the server may still be able to read it.
  hidePreview();
});
// A guest who was cut off and is back need not press anything.
addEventListener("online", () => isCutOff && retry());
ignoreStrayDrops();
listenForDrops(document.body, (files) => void lookAt([files[0]]));
listenForPaste((file) => void lookAt([file]));
offerBurst((shots) => void lookAt(shots));
void start();
