/** Messages to one address, newest first: what became of each, and sending it again. */
import { WEBHOOK_EVENTS } from "../../shared/webhook-events.ts";
import type { WebhookTexts } from "../texts/kitchen/en/webhooks.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { createTime } from "./time-element.ts";
import { type Delivery, fetchDeliveries, redeliver } from "./webhook-api.ts";

/** Why a message did not arrive, in words; a reason that is not known here goes by its own name. */
export function describeFault({ fault, status }: Pick<Delivery, "fault" | "status">, texts: WebhookTexts): string {
  const why = texts.faults[fault ?? ""] ?? fault ?? "";
  return status === null ? why : `${why} (${status})`;
}

/** The list, filled a page at a time. */
export async function createLog(webhook: string, texts: WebhookTexts): Promise<HTMLElement> {
  const list = createElement("ol", {
    class: "webhook-log",
    attributes: { "aria-label": texts.log.title, tabindex: "-1" },
  });
  const alert = createElement("div", { attributes: { role: "alert" } });
  let next: number | null = null;
  const more = createButton(texts.log.more, "quiet", () => void load());
  const load = async () => {
    if (isBusy(more)) return;
    setBusy(more, true);
    const page = await fetchDeliveries(webhook, next);
    setBusy(more, false);
    showAlert(alert, page.ok ? "" : page.error.detail);
    if (!page.ok) return;
    list.append(...page.value.deliveries.map((delivery) => createRow(webhook, delivery, texts)));
    next = page.value.next;
    more.hidden = next === null;
    if (list.childElementCount === 0) list.replaceWith(createElement("p", { class: "empty", text: texts.log.none }));
  };
  await load();
  return createElement("div", { class: "webhook-messages" }, list, more, alert);
}

function createRow(webhook: string, delivery: Delivery, texts: WebhookTexts): HTMLElement {
  const known = WEBHOOK_EVENTS.find((event) => event === delivery.event);
  const name = createElement("span", { text: known === undefined ? texts.log.test : texts.events[known] });
  const outcome = createElement("span", { class: "soft" });
  const said = createElement("div", { class: "soft small", attributes: { role: "status" } });
  const again = createButton(texts.log.redeliver, "quiet", async () => {
    if (isBusy(again)) return;
    setBusy(again, true);
    const sent = await redeliver(webhook, delivery.id);
    setBusy(again, false);
    if (sent.ok) showOutcome(outcome, sent.value, texts);
    said.textContent = sent.ok ? tellSent(sent.value, texts) : sent.error.detail;
  });
  again.setAttribute("aria-label", `${texts.log.redeliver}: ${name.textContent}`);
  showOutcome(outcome, delivery, texts);
  return createElement("li", {}, createTime(delivery.createdAt), name, outcome, again, said);
}

function tellSent(delivery: Delivery, { log, ...texts }: WebhookTexts): string {
  if (delivery.state === "delivered") return log.arrivedNow;
  return delivery.fault === null ? log.notYet : log.failedNow(describeFault(delivery, { log, ...texts }));
}

function showOutcome(outcome: HTMLElement, delivery: Delivery, texts: WebhookTexts): void {
  const { log } = texts;
  if (delivery.state === "delivered" || delivery.fault === null) {
    outcome.textContent = delivery.state === "delivered" ? log.arrived : log.notYet;
    return;
  }
  const why = describeFault(delivery, texts);
  outcome.textContent = delivery.nextAt === null ? log.over(why) : `${log.again(why)} `;
  if (delivery.nextAt !== null) outcome.append(createTime(delivery.nextAt));
}
