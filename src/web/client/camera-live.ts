/** What the live version makes of what the camera sees, again and again while somebody looks. */

import type { CameraTexts } from "../texts/kitchen/en/camera.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { type Classification, classification } from "./answers.ts";
import { callApi } from "./call-api.ts";
import type { Camera } from "./camera-device.ts";
import { createElement } from "./dom.ts";

/** Between an answer and the next question: an answer a second is as much as one can read. */
const PAUSE_MS = 700;
const SHOWN_ITEMS = 3;

interface LiveView {
  readonly element: HTMLElement;
  /** Looks on until `stop`. */
  start(): void;
  stop(): void;
}

/** `isQuiet` says when not to ask: while pictures are taken, the server has other things to do. */
export function createLiveView(texts: CameraTexts, camera: () => Camera | null, isQuiet: () => boolean): LiveView {
  const list = createElement("ol", { class: "camera-answers", attributes: { "aria-label": texts.seen } });
  const note = createElement("p", { class: "soft", text: texts.notTaught });
  const heading = createElement("h2", { class: "card-title", text: texts.seen });
  const element = createElement("div", { class: "camera-live" }, heading, note, list);
  let round = 0;

  const look = async (mine: number) => {
    while (mine === round) {
      const frame = isQuiet() || document.hidden ? null : await camera()?.takeFrame();
      if (frame !== null && frame !== undefined) {
        const answer = await callApi({ method: "POST", path: "/v1/classify", body: frame.photo }, classification);
        if (mine !== round) return;
        note.textContent = answer.ok ? describe(answer.value, texts) : texts.notTaught;
        list.replaceChildren(...(answer.ok ? createRows(answer.value) : []));
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  return {
    element,
    start: () => void look(++round),
    stop: () => {
      round++;
    },
  };
}

function describe({ predictions, unknown }: Classification, texts: CameraTexts): string {
  return unknown ? texts.none : (predictions[0]?.name ?? texts.none);
}

function createRows({ predictions }: Classification): readonly HTMLElement[] {
  return predictions.slice(0, SHOWN_ITEMS).map(({ name, score }) => {
    const gauge = createElement("div", { class: "gauge", attributes: { "aria-hidden": "true" } });
    gauge.style.setProperty("--share", String(score));
    const share = createElement("span", { class: "soft", text: kitchen.words.formatScore(score) });
    return createElement("li", {}, createElement("span", { text: name }), share, gauge);
  });
}
