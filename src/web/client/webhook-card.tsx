/** One address in the list: how it goes there, and what an admin can do about it. */
import type { WebhookTexts } from "../texts/kitchen/en/webhooks.ts";
import { Button, Moment } from "./controls.tsx";
import { useDeeds } from "./deeds.tsx";
import {
  changeWebhook,
  type DeliveryPage,
  deleteWebhook,
  fetchDeliveries,
  rotateWebhook,
  testWebhook,
  type Webhook,
  type WebhookWithSecret,
} from "./webhook-api.ts";
import { WebhookForm } from "./webhook-form.tsx";
import { describeFault, WebhookLog } from "./webhook-log.tsx";

/** What shows below the buttons. */
type Opened = "change" | DeliveryPage;

interface WebhookCardProps {
  readonly webhook: Webhook;
  readonly texts: WebhookTexts;
  /** Fills the list again, and then says this. */
  readonly refresh: (done: string) => Promise<void>;
  readonly showSecret: (webhook: WebhookWithSecret) => Promise<void>;
}

/** A row of the list. */
export function WebhookCard({ webhook, texts, refresh, showSecret }: WebhookCardProps) {
  const { id, url } = webhook;
  const isOn = webhook.state === "on";
  const { opened, tell, act, save, open, ask, close, button, alert } = useDeeds<Opened>(url);
  const [toggle, toggled] = isOn ? [texts.switchOff, texts.switchedOff] : [texts.switchOn, texts.switchedOn];
  const test = () =>
    act(testWebhook(id), (sent) => {
      if (sent.state === "delivered") return refresh(texts.test.arrived);
      tell(texts.test.failed(describeFault(sent, texts)));
    });
  const rotate = () => act(rotateWebhook(id), showSecret);
  const remove = () => act(deleteWebhook(id), () => refresh(texts.remove.done));
  return (
    <li class="doubt">
      <div>
        <h3 class="webhook-address">{url}</h3>
        <State webhook={webhook} texts={texts} />
        <p class="soft small">{describeEvents(webhook, texts)}</p>
      </div>
      <div class="button-row">
        {button(texts.test.button, "plain", test)}
        {button(toggle, "plain", () => act(changeWebhook(id, { on: !isOn }), () => refresh(toggled)))}
        {button(texts.change.button, "quiet", (by) => open("change", by))}
        {button(texts.log.button, "quiet", (by) => act(fetchDeliveries(id, null), (page) => open(page, by)))}
        {button(texts.rotate.button, "quiet", (by) => ask({ ...texts.rotate, onYes: rotate }, by))}
        {button(texts.remove.button, "quiet", (by) => ask({ ...texts.remove, onYes: remove }, by))}
      </div>
      {alert}
      {opened === "change" && (
        <WebhookForm
          {...{ texts, choice: webhook, submit: texts.change.save, onLeave: close }}
          save={(choice) => save(changeWebhook(id, choice), () => refresh(texts.change.done))}
        />
      )}
      {opened !== null && typeof opened === "object" && (
        <div>
          <WebhookLog webhook={id} texts={texts} first={opened} />
          <Button onClick={close}>{texts.log.hide}</Button>
        </div>
      )}
    </li>
  );
}

function State({ webhook, texts }: Pick<WebhookCardProps, "webhook" | "texts">) {
  const { state, failingSince, deliveredAt, waiting } = webhook;
  const iso = state !== "on" ? null : (failingSince ?? deliveredAt);
  const words = () => {
    if (state !== "on") return texts.ended[state === "gone" || state === "dead" ? state : "off"];
    if (failingSince !== null) return texts.failing;
    return deliveredAt === null ? texts.fresh : texts.works;
  };
  return (
    <p>
      {words()}
      {iso !== null && (
        <>
          {" "}
          <Moment iso={iso} />.
        </>
      )}
      {waiting > 0 && ` ${texts.waiting(waiting)}`}
    </p>
  );
}

function describeEvents({ events }: Webhook, texts: WebhookTexts): string {
  const known: Readonly<Record<string, string>> = texts.events;
  return texts.told(events.map((event) => known[event] ?? event).join("; "));
}
