/** An address and what it is told, as a form: for a new one, and for one that is being changed. */
import { MAX_ADDRESS_CHARACTERS } from "../../shared/webhook-address.ts";
import { WEBHOOK_EVENTS } from "../../shared/webhook-events.ts";
import type { WebhookTexts } from "../texts/kitchen/en/webhooks.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import type { WebhookChoice } from "./webhook-api.ts";

interface WebhookFormOptions {
  readonly texts: WebhookTexts;
  /** What it shows at first. */
  readonly choice: WebhookChoice;
  readonly submit: string;
  /** Gives back why it was refused, or nothing. */
  readonly save: (choice: WebhookChoice) => Promise<string>;
  /** Puts the form away; a form for new ones stays. */
  readonly close?: HTMLButtonElement;
}

/** `save` is asked once at a time; what was refused stays in the form, with the reason below. */
export function createWebhookForm({ texts, choice, submit, save, close }: WebhookFormOptions): HTMLFormElement {
  const address = createElement("input", {
    attributes: {
      ...{ type: "url", inputmode: "url", maxlength: String(MAX_ADDRESS_CHARACTERS), placeholder: texts.example },
      ...{ value: choice.url, autocomplete: "off", spellcheck: "false", required: "" },
    },
  });
  const boxes = WEBHOOK_EVENTS.map((event) => {
    const box = createElement("input", { attributes: { type: "checkbox", value: event } });
    box.checked = choice.events.includes(event);
    return box;
  });
  const labels = WEBHOOK_EVENTS.map((event, at) => {
    const label = createElement("label", { class: "choice" }, boxes[at]);
    label.append(` ${texts.events[event]}`);
    return label;
  });
  const many = createElement("input", {
    attributes: { type: "number", min: "1", max: "1999", value: String(choice.queueAbove), required: "" },
  });
  const manyField = createField(texts.queueAbove, many);
  const queueBox = boxes[WEBHOOK_EVENTS.indexOf("queue.long")];
  const showMany = () => {
    manyField.hidden = !queueBox.checked;
  };
  queueBox.addEventListener("change", showMany);
  showMany();
  const refused = createElement("div", { attributes: { role: "alert" } });
  const button = createButton(submit, "primary", () => undefined);
  button.type = "submit";
  const form = createElement(
    "form",
    { class: "webhook-form" },
    createField(texts.address, address),
    createElement("fieldset", {}, createElement("legend", { class: "field-name", text: texts.tellWhen }), ...labels),
    manyField,
    createElement("div", { class: "button-row" }, button, ...(close === undefined ? [] : [close])),
    refused,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form)) return;
    const events = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    if (events.length === 0) return showAlert(refused, texts.noEvents);
    setBusy(form, true);
    showAlert(refused, await save({ url: address.value.trim(), events, queueAbove: many.valueAsNumber }));
    setBusy(form, false);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close?.click();
  });
  return form;
}

function createField(name: string, input: HTMLInputElement): HTMLElement {
  return createElement("label", { class: "field" }, createElement("span", { class: "field-name", text: name }), input);
}
