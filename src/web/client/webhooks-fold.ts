/** Addresses that are told what happens, folded away under the keys: a form for a new one, its secret once, and a card each. */
import type { WebhookTexts } from "../texts/kitchen/en/webhooks.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";
import { createFold } from "./fold.ts";
import { loadStyle } from "./load-part.ts";
import { showSecret } from "./secret-notice.ts";
import { createWebhook, fetchWebhooks, type WebhookWithSecret } from "./webhook-api.ts";
import { createWebhookCard } from "./webhook-card.ts";
import { createWebhookForm } from "./webhook-form.ts";

/** Of a new one. */
const USUAL_QUEUE_ABOVE = 50;

/** Fills the fold, now and whenever it is opened again. */
export async function wireWebhooks(): Promise<void> {
  loadStyle("admin-webhooks");
  const texts = await kitchen.loadWebhooks();
  const status = createElement("p", { class: "soft", attributes: { role: "status", tabindex: "-1" } });
  const secret = createElement("div", { attributes: { id: "webhook-secret" } });
  const list = createElement("ul", { class: "doubts", attributes: { "aria-label": texts.title } });
  const empty = createElement("p", { class: "empty", text: texts.none });
  const refresh = async (done: string) => {
    await fill();
    status.textContent = done;
    status.focus();
  };
  const show = async (webhook: WebhookWithSecret) => {
    await fill();
    const title = texts.secret.title(new URL(webhook.url).host);
    showSecret(secret, { title, words: texts.secret.once, secret: webhook.secret, onAway: () => status.focus() });
  };
  const place = createElement("div", {}, createMakeForm(texts, show));
  const note = createElement("p", { class: "soft", text: texts.note });
  const content = createElement("div", { class: "sample-places" }, note, place, secret, status, empty, list);
  const fill = createFold("webhooks", fetchWebhooks, ({ webhooks }) => {
    empty.hidden = webhooks.length > 0;
    list.hidden = webhooks.length === 0;
    const options = { texts, refresh, showSecret: show };
    list.replaceChildren(...webhooks.map((webhook) => createWebhookCard(webhook, options)));
    return content;
  });
  await fill();

  /** A new form for each, so that nothing of the last address is left in it. */
  function createMakeForm(texts: WebhookTexts, show: (webhook: WebhookWithSecret) => Promise<void>): HTMLFormElement {
    const choice = { url: "", events: ["head.held", "run.failed", "backup.failed"], queueAbove: USUAL_QUEUE_ABOVE };
    return createWebhookForm({
      ...{ texts, choice, submit: texts.make },
      save: async (chosen) => {
        const made = await createWebhook(chosen);
        if (!made.ok) return made.error.detail;
        place.replaceChildren(createMakeForm(texts, show));
        status.textContent = texts.made;
        await show(made.value);
        return "";
      },
    });
  }
}
