/** Messages to one address, newest first: what became of each, and sending it again. */
import { useState } from "preact/hooks";
import { WEBHOOK_EVENTS } from "../../shared/webhook-events.ts";
import type { WebhookTexts } from "../texts/kitchen/en/webhooks.ts";
import { Alert, Button, Moment, takeFocus } from "./controls.tsx";
import { type Delivery, type DeliveryPage, fetchDeliveries, redeliver } from "./webhook-api.ts";

/** Why a message did not arrive, in words; a reason that is not known here goes by its own name. */
export function describeFault({ fault, status }: Pick<Delivery, "fault" | "status">, texts: WebhookTexts): string {
  const why = texts.faults[fault ?? ""] ?? fault ?? "";
  return status === null ? why : `${why} (${status})`;
}

interface LogProps {
  /** Its id. */
  readonly webhook: string;
  readonly texts: WebhookTexts;
  /** The newest. */
  readonly first: DeliveryPage;
}

/** Older ones come at a press, a page at a time. */
export function WebhookLog({ webhook, texts, first }: LogProps) {
  const [{ deliveries, next }, show] = useState(first);
  const [problem, tell] = useState("");
  const more = async () => {
    const page = await fetchDeliveries(webhook, next);
    tell(page.ok ? "" : page.error.detail);
    if (page.ok) show({ ...page.value, deliveries: [...deliveries, ...page.value.deliveries] });
  };
  return (
    <div class="webhook-messages">
      {deliveries.length === 0 ? (
        <p class="empty">{texts.log.none}</p>
      ) : (
        <ol class="webhook-log" aria-label={texts.log.title} tabIndex={-1} ref={takeFocus}>
          {deliveries.map((delivery) => (
            <Row key={delivery.id} {...{ webhook, delivery, texts }} />
          ))}
        </ol>
      )}
      {next !== null && (
        <Button kind="quiet" onClick={more}>
          {texts.log.more}
        </Button>
      )}
      <Alert text={problem} />
    </div>
  );
}

function Row({ webhook, delivery, texts }: Omit<LogProps, "first"> & { readonly delivery: Delivery }) {
  const known = WEBHOOK_EVENTS.find((event) => event === delivery.event);
  const name = known === undefined ? texts.log.test : texts.events[known];
  const [latest, setLatest] = useState(delivery);
  const [said, say] = useState("");
  const again = async () => {
    const sent = await redeliver(webhook, delivery.id);
    if (sent.ok) setLatest(sent.value);
    say(sent.ok ? tellSent(sent.value, texts) : sent.error.detail);
  };
  return (
    <li>
      <Moment iso={delivery.createdAt} />
      <span>{name}</span>
      <Outcome delivery={latest} texts={texts} />
      <Button kind="quiet" label={`${texts.log.redeliver}: ${name}`} onClick={again}>
        {texts.log.redeliver}
      </Button>
      <div class="soft small" role="status">
        {said}
      </div>
    </li>
  );
}

function tellSent(delivery: Delivery, texts: WebhookTexts): string {
  const { log } = texts;
  if (delivery.state === "delivered") return log.arrivedNow;
  return delivery.fault === null ? log.notYet : log.failedNow(describeFault(delivery, texts));
}

function Outcome({ delivery, texts }: Pick<LogProps, "texts"> & { readonly delivery: Delivery }) {
  const { log } = texts;
  const { state, fault, nextAt } = delivery;
  if (state === "delivered" || fault === null) {
    return <span class="soft">{state === "delivered" ? log.arrived : log.notYet}</span>;
  }
  const why = describeFault(delivery, texts);
  if (nextAt === null) return <span class="soft">{log.over(why)}</span>;
  return (
    <span class="soft">
      {log.again(why)} <Moment iso={nextAt} />
    </span>
  );
}
