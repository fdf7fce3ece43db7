/**
 * The guests' page of a deployment that reads texts: takes a text, asks what it is about, and hands over to `form-reply.ts`. Owns the
 * state of the page and its order of events. The text stays in its box, whatever went wrong.
 */
import type { Result } from "../../shared/result.ts";
import { explainToGuest } from "../guests/guest-problems.ts";
import { describeReadiness, noteOnCopy } from "../guests/wording.ts";
import { texts } from "../texts/for-texts/writing-texts.ts";
import { type Classification, classification, type TextMenu, textMenu } from "./answers.ts";
import { callApi } from "./call-api.ts";
import { createButton, createElement, find, findElement } from "./dom.ts";
import { findPanel } from "./form-panel.ts";
import { showAnswer } from "./form-reply.ts";
import { callAsHuman } from "./human-check.ts";
import { MAILBOX_NOTES } from "./mailbox-items.ts";
import { createMenuView } from "./menu-view.ts";
import { createDeviceSwitch, DEVICE_CODE, hasDeviceSwitch } from "./on-device-switch.ts";
import type { Problem } from "./problem.ts";
import { offerSamples } from "./samples.ts";

/** Most answers are there by then; from here on a guest wonders whether anything is going on. */
const SLOW_AFTER_MS = 5_000;

const region = find("panel");
const panel = findPanel();
const form = findElement("write-form", HTMLFormElement);
const box = findElement("text-input", HTMLTextAreaElement);

const device = hasDeviceSwitch()
  ? createDeviceSwitch(async (onProgress) => (await import("./on-device-text.ts")).prepareDeviceEmbedder(onProgress))
  : null;
const showSamples = offerSamples(MAILBOX_NOTES, ({ textContent }) => {
  box.value = textContent;
  form.requestSubmit();
});

let knownMenu: TextMenu | null = null;
/** What was asked about last; null before anything was. */
let asked: string | null = null;
let running = new AbortController();
/** Whether the last attempt failed for want of a connection. */
let isCutOff = false;

async function start(): Promise<void> {
  isCutOff = false;
  const answer = await callApi({ path: "/v1/menu" }, textMenu);
  if (!answer.ok) return showProblem(answer.error);
  knownMenu = answer.value;
  showSamples(answer.value);
  // A text that was sent while the menu was loading has the panel by now.
  if (asked === null) showMenu(answer.value);
}

function showMenu(loaded: TextMenu): void {
  const { headline, detail } = describeReadiness(loaded, texts);
  panel.say(headline, detail);
  panel.show(...createMenuView(loaded));
}

function retry(): void {
  if (asked === null) void start();
  else void read(asked);
}

async function read(text: string): Promise<void> {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  asked = text;
  isCutOff = false;
  const limit = knownMenu?.limits.maxTextCharacters ?? Infinity;
  panel.clear();
  region.removeAttribute("aria-busy");
  if (text.length > limit) return panel.warn(texts.box.tooLong(text.length, limit));
  panel.say(texts.answer.looking);
  panel.show(createElement("div", { class: "skeleton", attributes: { "aria-hidden": "true" } }));
  region.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => !signal.aborted && panel.say(texts.answer.looking, texts.answer.slow), SLOW_AFTER_MS);
  const isTextKept = isKeptHere();
  const answer = await ask(text, signal);
  clearTimeout(slow);
  if (signal.aborted) return;
  if (answer.ok) {
    showAnswer({
      texts,
      panel,
      call: callAsHuman,
      answer: answer.value,
      makeCopy: async () => (isTextKept || isKeptHere() ? {} : { text }),
      note: isTextKept ? texts.answer.noteWithoutPicture : noteOnCopy(texts, knownMenu?.picturesKept),
      signal,
      knownItems: knownMenu?.items ?? [],
      onAgain: retry,
      onReset: reset,
    });
  } else showProblem(answer.error);
  region.removeAttribute("aria-busy");
  region.scrollIntoView({ block: "nearest" });
}

async function ask(text: string, signal: AbortSignal): Promise<Result<Classification, Problem>> {
  const request = { method: "POST", path: "/v1/classify", signal } as const;
  if (device === null || !device.isOn()) return callAsHuman({ ...request, json: { text } }, classification);
  const message = await device.embed(text);
  if (!message.ok) return message;
  const answer = await callAsHuman({ ...request, body: message.value }, classification);
  if (!answer.ok && answer.error.code === "backbone_mismatch") device.forget();
  return answer;
}

function isKeptHere(): boolean {
  return device?.isOn() ?? false;
}

function showProblem({ code, detail }: Problem): void {
  panel.clear();
  isCutOff = code === "offline";
  const { text, remedy } = explainToGuest(code, texts, code === DEVICE_CODE ? detail : undefined);
  const actions = {
    again: [createButton(texts.again, "plain", retry)],
    "other-photo": [createButton(texts.anotherPhoto, "plain", () => box.select())],
    none: [],
  };
  panel.warn(text, ...actions[remedy]);
}

function reset(): void {
  running.abort();
  asked = null;
  box.value = "";
  panel.say("");
  panel.show();
  if (knownMenu !== null) showMenu(knownMenu);
  box.focus();
  scrollTo({ top: 0 });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (box.value.trim() !== "") void read(box.value);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
// A guest who was cut off and is back need not press anything.
addEventListener("online", () => isCutOff && retry());
void start();
