/** The progress and the result of sending photos or texts to an item, on its card. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement, showAlert } from "./dom.ts";
import { describeSummary, type ImportSummary } from "./import-summary.ts";
import { createUploader, type SendBatch } from "./uploader.ts";

const texts = kitchen.items.upload;

interface SendingOptions<T> {
  readonly batchSize: number;
  readonly sendBatch: SendBatch<T>;
  /** Called when something has been taken in. */
  readonly onChange: () => Promise<void>;
}

/** The parts to put on the card, and what sends more. */
export function createSendingView<T>({ batchSize, sendBatch, onChange }: SendingOptions<T>) {
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
    batchSize,
    sendBatch,
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
  /** `onEnd` hears when they have come, or cannot. */
  const add = (samples: readonly T[], onEnd?: () => void) => {
    if (onEnd !== undefined) waiting = [...waiting, onEnd];
    showAlert(alert, "");
    refused.replaceChildren();
    uploader.add(samples);
  };
  return { parts: [bar, status, refused, alert], add };
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
