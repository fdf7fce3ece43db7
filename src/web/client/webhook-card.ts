/** One address in the list: how it goes there, and what an admin can do about it. */

import type { WebhookTexts } from "../texts/kitchen/en/webhooks.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { createTime } from "./time-element.ts";
import {
  changeWebhook,
  deleteWebhook,
  rotateWebhook,
  testWebhook,
  type Webhook,
  type WebhookWithSecret,
} from "./webhook-api.ts";
import { createWebhookForm } from "./webhook-form.ts";
import { createLog, describeFault } from "./webhook-log.ts";

/** What a card does to the rest of the page. */
export interface WebhookCardOptions {
  readonly texts: WebhookTexts;
  /** Fills the list again, and then says this. */
  readonly refresh: (done: string) => Promise<void>;
  readonly showSecret: (webhook: WebhookWithSecret) => Promise<void>;
}

/** A row of the list. */
export function createWebhookCard(webhook: Webhook, options: WebhookCardOptions): HTMLElement {
  const { texts } = options;
  const regions = {
    alert: createElement("div", { attributes: { role: "alert" } }),
    below: createElement("div"),
  };
  const text = createElement(
    "div",
    {},
    createElement("h3", { class: "webhook-address", text: webhook.url }),
    describeState(webhook, texts),
    createElement("p", { class: "soft small", text: describeEvents(webhook, texts) }),
  );
  const buttons = createElement("div", { class: "button-row" }, ...createActions(webhook, regions, options));
  return createElement("li", { class: "doubt" }, text, buttons, regions.alert, regions.below);
}

function describeState({ state, failingSince, deliveredAt, waiting }: Webhook, texts: WebhookTexts): HTMLElement {
  const line = createElement("p");
  const say = (words: string, iso: string | null) => {
    line.append(iso === null ? words : `${words} `);
    if (iso !== null) line.append(createTime(iso), ".");
  };
  if (state !== "on") say(texts.ended[state === "gone" || state === "dead" ? state : "off"], null);
  else if (failingSince !== null) say(texts.failing, failingSince);
  else say(deliveredAt === null ? texts.fresh : texts.works, deliveredAt);
  if (waiting > 0) line.append(` ${texts.waiting(waiting)}`);
  return line;
}

function describeEvents({ events }: Webhook, texts: WebhookTexts): string {
  const known: Readonly<Record<string, string>> = texts.events;
  return texts.told(events.map((event) => known[event] ?? event).join("; "));
}

/** Under the buttons: one region for what is read out at once, one for what is opened. */
interface Regions {
  readonly alert: HTMLElement;
  readonly below: HTMLElement;
}

/** What every button does alike: works once at a time, asks before what cannot be undone, and takes the focus back. */
function manageRegions({ alert, below }: Regions) {
  const leave = (back: HTMLElement, words = kitchen.keys.leaveIt) =>
    createButton(words, "plain", () => {
      alert.replaceChildren();
      below.replaceChildren();
      back.focus();
    });
  return {
    leave,
    tell: (text: string) => showAlert(alert, text),
    open: (...content: readonly HTMLElement[]) => {
      alert.replaceChildren();
      below.replaceChildren(...content);
    },
    act: async <T>(button: HTMLElement, work: () => Answer<T>, done: (value: T) => Promise<void> | void) => {
      if (isBusy(button)) return;
      setBusy(button, true);
      const answer = await work();
      setBusy(button, false);
      showAlert(alert, answer.ok ? "" : answer.error.detail);
      if (answer.ok) await done(answer.value);
    },
    ask: (opener: HTMLElement, question: string, yes: HTMLButtonElement) => {
      const careful = leave(opener);
      below.replaceChildren();
      showAlert(alert, question, careful, yes);
      careful.focus();
    },
  };
}

function createActions(webhook: Webhook, regions: Regions, options: WebhookCardOptions): readonly HTMLElement[] {
  const { texts, refresh, showSecret } = options;
  const { act, ask, leave, open, tell } = manageRegions(regions);
  const { id, url } = webhook;
  const isOn = webhook.state === "on";
  const [words, done] = isOn ? [texts.switchOff, texts.switchedOff] : [texts.switchOn, texts.switchedOn];
  const toggle = createButton(words, "plain", () =>
    act(
      toggle,
      () => changeWebhook(id, { on: !isOn }),
      () => refresh(done),
    ),
  );
  const test = createButton(texts.test.button, "plain", () =>
    act(
      test,
      () => testWebhook(id),
      (sent) => {
        if (sent.state === "delivered") return refresh(texts.test.arrived);
        tell(texts.test.failed(describeFault(sent, texts)));
      },
    ),
  );
  const change = createButton(texts.change.button, "quiet", () => {
    const form = createChangeForm(webhook, options, leave(change));
    open(form);
    form.querySelector("input")?.select();
  });
  const log = createButton(texts.log.button, "quiet", async () => {
    if (isBusy(log)) return;
    setBusy(log, true);
    const messages = await createLog(id, texts);
    setBusy(log, false);
    open(messages, leave(log, texts.log.hide));
    messages.querySelector<HTMLElement>("[tabindex]")?.focus();
  });
  const rotate = createButton(texts.rotate.button, "quiet", () => {
    const yes = createButton(texts.rotate.yes, "primary", () => act(yes, () => rotateWebhook(id), showSecret));
    ask(rotate, texts.rotate.question, yes);
  });
  const remove = createButton(texts.remove.button, "quiet", () => {
    const gone = () => refresh(texts.remove.done);
    const yes = createButton(texts.remove.yes, "primary", () => act(yes, () => deleteWebhook(id), gone));
    ask(remove, texts.remove.question, yes);
  });
  const all = [test, toggle, change, log, rotate, remove];
  for (const button of all) button.setAttribute("aria-label", `${button.textContent}: ${url}`);
  return all;
}

function createChangeForm(webhook: Webhook, { texts, refresh }: WebhookCardOptions, close: HTMLButtonElement) {
  return createWebhookForm({
    ...{ texts, choice: webhook, submit: texts.change.save, close },
    save: async (choice) => {
      const answer = await changeWebhook(webhook.id, choice);
      if (answer.ok) await refresh(texts.change.done);
      return answer.ok ? "" : answer.error.detail;
    },
  });
}
