/**
 * Teaching by camera: a view, a button to hold for each item, training, and what the live version makes of what the camera
 * sees. Nothing is asked of the camera before the fold is opened, and it is let go when the fold is closed.
 */

import type { CameraTexts } from "../texts/kitchen/en/camera.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { addClass, fetchClasses, fetchMenu } from "./admin-api.ts";
import type { PhotoLimits } from "./answers.ts";
import { type Camera, openCamera } from "./camera-device.ts";
import { createHoldButton, WANTED_PICTURES } from "./camera-hold.ts";
import { createLiveView } from "./camera-live.ts";
import { createButton, createElement, find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { loadStyle } from "./load-part.ts";
import { asOwnTraining } from "./own-training.ts";
import { forAdmin } from "./role.ts";
import { BATCH_PHOTOS, createPhotoSender } from "./send-photos.ts";
import { trainAndTell } from "./training.ts";
import { createUploader, describeSummary } from "./uploader.ts";

/** Fills the fold, and gives back what opens the camera, which opens with the fold from then on. Throws where its words do not come. */
export async function wireCamera(limits: PhotoLimits, refresh: () => Promise<void>): Promise<() => Promise<void>> {
  loadStyle("admin-camera");
  const texts = await kitchen.loadCamera();
  const fold = findElement("camera", HTMLDetailsElement);
  const video = createElement("video", { class: "camera-view", attributes: { "aria-label": texts.view } });
  Object.assign(video, { muted: true, playsInline: true });
  const alert = createElement("div", { attributes: { role: "alert" } });
  let camera: Camera | null = null;
  const work = { holding: 0, sending: 0 };
  const live = createLiveView(
    texts,
    () => camera,
    () => work.holding > 0,
  );
  const rows = createRows({ texts, limits, work, camera: () => camera, refresh, alert });
  // Without a version there is nothing to ask.
  const lookOn = async () => {
    const menu = await fetchMenu();
    if (menu.ok && menu.value.headVersion !== null && camera !== null) live.start();
  };
  const training = createTraining(texts, work, async () => {
    await Promise.all([refresh(), lookOn()]);
  });
  const how = createElement("p", { class: "soft", text: texts.how });
  const acts = createElement("div", { class: "camera-acts" }, rows.element, training);
  find("camera-body").replaceChildren(
    how,
    alert,
    createElement("div", { class: "camera-panel" }, video, acts, live.element),
  );

  const open = async () => {
    await rows.load();
    const opened = await openCamera(video);
    video.hidden = !opened.ok;
    if (!opened.ok) return showAlert(alert, texts.problems[opened.error]);
    if (!fold.open) return opened.value.close(); // closed again while the browser asked
    camera = opened.value;
    rows.element.disabled = false;
    await lookOn();
  };
  const close = () => {
    live.stop();
    rows.element.disabled = true;
    camera?.close();
    camera = null;
  };
  fold.addEventListener("toggle", () => (fold.open ? void open() : close()));
  return open;
}

interface RowsContext {
  readonly texts: CameraTexts;
  readonly limits: PhotoLimits;
  readonly work: { holding: number; sending: number };
  readonly camera: () => Camera | null;
  readonly refresh: () => Promise<void>;
  readonly alert: HTMLElement;
}

/** A row for each item that is not archived, and the form for a new one. */
function createRows(context: RowsContext) {
  const { texts, alert, refresh } = context;
  const list = createElement("ul", { class: "camera-items" });
  const empty = createElement("p", { class: "empty", text: texts.noItems });
  const known = new Set<string>();
  const show = (classes: readonly ItemClass[]) => {
    for (const item of classes) {
      if (item.archived || known.has(item.id)) continue;
      known.add(item.id);
      list.append(createRow(item, context));
    }
    empty.hidden = known.size > 0;
  };
  const name = createElement("input", { attributes: { autocomplete: "off", required: "", id: "camera-name" } });
  const label = createElement("label", {
    class: "field-name",
    text: texts.newItem,
    attributes: { for: "camera-name" },
  });
  const submit = createElement("button", { class: "button", text: texts.add, attributes: { type: "submit" } });
  const form = forAdmin(createElement("form", { class: "camera-add" }, label, name, submit));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form) || name.value.trim() === "") return;
    setBusy(form, true);
    const added = await addClass(name.value.trim(), "");
    setBusy(form, false);
    showAlert(alert, added.ok ? "" : added.error.detail);
    if (!added.ok) return;
    form.reset();
    show([added.value]);
    await refresh();
  });
  const load = async () => {
    const answer = await fetchClasses();
    if (answer.ok) show(answer.value.classes);
    else showAlert(alert, answer.error.detail);
  };
  // Nothing to press while the camera is not open.
  const element = createElement("fieldset", { class: "camera-rows", attributes: { disabled: "" } }, list, empty, form);
  return { element, load };
}

/** The item's button and what became of its pictures. */
function createRow(item: ItemClass, { texts, limits, work, camera, refresh, alert }: RowsContext): HTMLElement {
  const status = createElement("p", { class: "soft small", attributes: { role: "status" } });
  let taken = "";
  const uploader = createUploader({
    batchSize: BATCH_PHOTOS,
    sendBatch: createPhotoSender(item.id, limits),
    onProgress: () => undefined,
    onFinish: (summary) => {
      work.sending--;
      // If all pictures were taken in, nothing more need be said.
      const isPlain = summary.refused.length === 0 && summary.pending === 0;
      status.textContent = isPlain ? taken : `${taken} ${describeSummary(summary)}`;
      void refresh();
    },
    onProblem: ({ detail }) => {
      work.sending--;
      const again = createButton(kitchen.items.upload.goOn, "plain", () => {
        showAlert(alert, "");
        work.sending++;
        uploader.resume();
      });
      showAlert(alert, detail, again);
    },
  });
  const button = createHoldButton({
    text: texts.hold(item.name),
    camera,
    onBegin: () => {
      work.holding++;
    },
    onPicture: (count) => {
      status.textContent = texts.taking(count, WANTED_PICTURES);
    },
    onEnd: (photos, alike) => {
      work.holding--;
      taken = texts.taken(photos.length, alike);
      status.textContent = taken;
      if (photos.length === 0) return;
      work.sending++;
      uploader.add(photos);
    },
  });
  return createElement("li", {}, button, status);
}

function createTraining(
  texts: CameraTexts,
  work: { readonly sending: number },
  onEnd: () => Promise<void>,
): HTMLElement {
  const status = createElement("p", { class: "soft small", attributes: { role: "status" } });
  // Its own: pictures that could not be sent meanwhile keep the way to go on.
  const alert = createElement("div", { attributes: { role: "alert" } });
  const button = createButton(texts.train, "primary", async () => {
    if (isBusy(button)) return;
    if (work.sending > 0) {
      status.textContent = texts.waiting;
      return;
    }
    setBusy(button, true);
    showAlert(alert, "");
    status.textContent = kitchen.training.underWay;
    await asOwnTraining(async () => {
      await trainAndTell({ rebuild: false, outcome: status, alert }, () => undefined);
      await onEnd();
    });
    setBusy(button, false);
  });
  return forAdmin(createElement("div", { class: "camera-train" }, button, status, alert));
}
