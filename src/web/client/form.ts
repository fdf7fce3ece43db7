/**
 * The guests' page: takes a photo, asks what it shows, and passes on whether the answer was right. Owns the state of
 * the page and its order of events; wording, shrinking and the picker live in their own modules.
 */
import type { Result } from "../../shared/result.ts";
import { type Classification, classification, labelReceipt, type Menu, type MenuItem, menu } from "./answers.ts";
import { callApi } from "./call-api.ts";
import { createButton, createElement, find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { ignoreStrayDrops, listenForDrops, listenForPaste } from "./dropped-files.ts";
import { explainToGuest } from "./guest-problems.ts";
import { createItemPicker } from "./item-picker.ts";
import { createMenuView } from "./menu-view.ts";
import { createDeviceSwitch } from "./on-device-switch.ts";
import type { Problem } from "./problem.ts";
import { describeReadiness } from "./readiness.ts";
import { createScoreBars } from "./score-bars.ts";
import { makeThumbnail, shrinkPhoto } from "./shrink-photo.ts";
import { describeAnswer, type Verdict } from "./wording.ts";

const panel = find("panel");
const verdictRegion = find("verdict");
const body = find("panel-body");
const alertRegion = find("panel-alert");
const preview = findElement("preview", HTMLImageElement);
const chooseInput = findElement("choose-input", HTMLInputElement);
const cameraInput = findElement("camera-input", HTMLInputElement);

const device = createDeviceSwitch();

let knownMenu: Menu | null = null;
let photo: Blob | null = null;
/** Whether the photo that is shown was looked at on this device, and so must not be sent later either. */
let isPhotoKept = false;
let running = new AbortController();

function say(headline: string, detail = ""): void {
  const heading = createElement("h2", { class: "headline", text: headline });
  verdictRegion.replaceChildren(...(headline === "" ? [] : [heading]));
  if (detail !== "") verdictRegion.append(createElement("p", { class: "soft", text: detail }));
}

function show(...content: readonly HTMLElement[]): void {
  showAlert(alertRegion, "");
  body.replaceChildren(...content);
}

async function loadMenu(): Promise<Menu | null> {
  const answer = await callApi({ path: "/v1/menu" }, menu);
  if (answer.ok) {
    knownMenu = answer.value;
    return answer.value;
  }
  showAlert(alertRegion, answer.error.detail, createButton("Try again", "plain", retry));
  return null;
}

function retry(): void {
  if (photo === null) void start();
  else void lookAt(photo);
}

async function start(): Promise<void> {
  const loaded = await loadMenu();
  // A photo that was chosen while the menu was loading has the panel by now.
  if (photo !== null) return;
  if (loaded === null) body.replaceChildren();
  else showMenu(loaded);
}

function showMenu(loaded: Menu): void {
  const { headline, detail } = describeReadiness(loaded);
  say(headline, detail);
  show(...createMenuView(loaded));
}

function showPreview(chosen: Blob): void {
  URL.revokeObjectURL(preview.src);
  preview.src = URL.createObjectURL(chosen);
  preview.hidden = false;
  find("photo-hint").hidden = true;
  find("choose-text").textContent = "Choose another";
  document.body.dataset.stage = "photo";
}

function hidePreview(): void {
  preview.hidden = true;
  find("photo-hint").hidden = false;
  find("choose-text").textContent = "Choose a photo";
  delete document.body.dataset.stage;
}

async function lookAt(chosen: Blob): Promise<void> {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  photo = chosen;
  isPhotoKept = device.isOn();
  showPreview(chosen);
  say("Looking…");
  show(createElement("div", { class: "skeleton", attributes: { "aria-hidden": "true" } }));
  panel.setAttribute("aria-busy", "true");
  const limits = (knownMenu ?? (await loadMenu()))?.limits;
  if (limits !== undefined && !signal.aborted) {
    const body = await device.prepareBody(await shrinkPhoto(chosen, limits), limits);
    const answer = body.ok ? await askAbout(body.value, signal) : body;
    if (signal.aborted) return;
    if (answer.ok) showAnswer(answer.value);
    else showProblem(answer.error);
  } else if (!signal.aborted) leavePanelToAlert();
  if (signal.aborted) return;
  panel.removeAttribute("aria-busy");
  panel.scrollIntoView({ block: "nearest" });
}

async function askAbout(body: Blob, signal: AbortSignal): Promise<Result<Classification, Problem>> {
  const answer = await callApi({ method: "POST", path: "/v1/classify", body, signal }, classification);
  if (!answer.ok && answer.error.code === "backbone_mismatch") device.forget();
  return answer;
}

function leavePanelToAlert(): void {
  say("");
  body.replaceChildren();
}

function showProblem(problem: Problem): void {
  leavePanelToAlert();
  const { text, remedy } = explainToGuest(problem);
  const actions = {
    again: [createButton("Try again", "plain", retry)],
    "other-photo": [createButton("Another photo", "plain", () => chooseInput.click())],
    none: [],
  };
  showAlert(alertRegion, text, ...actions[remedy]);
}

function showAnswer(answer: Classification): void {
  const verdict = describeAnswer(answer);
  say(verdict.headline, verdict.detail);
  const note = createElement("p", {
    class: "footnote",
    text: isPhotoKept
      ? "If you tell me, the staff get your word for it, without a picture."
      : "If you tell me, the staff get a small copy of your photo. They delete it once they have decided.",
  });
  const actions = createElement("div", { class: "button-row" }, ...createAnswerButtons(answer, verdict));
  show(createScoreBars(answer.predictions, verdict.named), actions, note);
}

function createAnswerButtons(answer: Classification, verdict: Verdict): readonly HTMLButtonElement[] {
  const confirm = (text: string, label: string) => {
    const button = createButton(text, "primary", () => void sendLabel(answer, label, button));
    return button;
  };
  const correct = (text: string) => createButton(text, "plain", () => void openPicker(answer, verdict));
  switch (verdict.certainty) {
    case "sure":
    case "guess":
      return [confirm("That’s right", verdict.named[0].label), correct("That’s wrong")];
    case "either":
      return [...verdict.named.map(({ name, label }) => confirm(`It’s ${name}`, label)), correct("Neither")];
    case "unknown":
      return [correct("It is on the menu")];
    case "empty":
      return [];
  }
}

async function openPicker(answer: Classification, verdict: Verdict): Promise<void> {
  // Asked afresh, since an item may have joined the menu after this page was opened.
  const fresh = await callApi({ path: "/v1/menu" }, menu);
  const items = (fresh.ok ? fresh.value.items : knownMenu?.items) ?? [];
  const refused = new Set(verdict.named.map(({ label }) => label));
  const picker = createItemPicker({
    items: items.filter((item) => !refused.has(item.id)),
    onPick: (item: MenuItem) => void sendLabel(answer, item.id, picker.element),
    onMissing: () => finish("Then I have nothing to learn here", "If you miss it on the menu, tell the staff."),
    onBack: () => showAnswer(answer),
  });
  say("Which one is it?");
  show(picker.element);
  picker.focus();
}

async function sendLabel(answer: Classification, label: string, control: HTMLElement): Promise<void> {
  if (isBusy(control)) return;
  setBusy(control, true);
  const { signal } = running;
  const thumbnail = photo === null || isPhotoKept ? null : await makeThumbnail(photo);
  const json = { receipt: answer.receipt, label, ...(thumbnail === null ? {} : { thumbnail }) };
  const sent = await callApi({ method: "POST", path: "/v1/labels", json, signal }, labelReceipt);
  if (signal.aborted) return;
  setBusy(control, false);
  if (!sent.ok) return showLabelProblem(sent.error);
  if (sent.value.status === "decided") finish("Thank you", "The staff have looked at this photo already.");
  else if (!sent.value.stored) finish("Thank you", "You had told me that before.");
  else if (sent.value.status === "counted") finish("Thank you", "It counts from the next training on.");
  else finish("Thank you", "The staff will have a look, and then I’ll know better.");
}

/** The answer stays on the page, so that a guest whose connection dropped can simply press again. */
function showLabelProblem(problem: Problem): void {
  const { text, remedy } = explainToGuest(problem);
  const isStale = remedy === "again" && problem.code.startsWith("receipt");
  showAlert(alertRegion, text, ...(isStale ? [createButton("Look again", "primary", retry)] : []));
}

function finish(headline: string, detail: string): void {
  say(headline, detail);
  const another = createButton("Another photo", "primary", reset);
  show(createElement("div", { class: "button-row" }, another));
  another.focus();
}

function reset(): void {
  running.abort();
  photo = null;
  hidePreview();
  say("");
  show();
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
    void lookAt(chosen);
  });
}
preview.addEventListener("error", () => {
  // The browser cannot show this format; the server may still be able to read it.
  hidePreview();
});
ignoreStrayDrops();
listenForDrops(document.body, (files) => void lookAt(files[0]));
listenForPaste((file) => void lookAt(file));
void start();
