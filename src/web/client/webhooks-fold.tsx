/** Addresses that are told what happens, folded away under the keys: a form for a new one, its secret once, and a card each. */
import { useState } from "preact/hooks";
import type { WebhookTexts } from "../texts/kitchen/en/webhooks.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { loadStyle } from "./load-part.ts";
import { mountFold } from "./mount.tsx";
import { SecretCard } from "./secret-card.tsx";
import { useStatus } from "./status.tsx";
import {
  createWebhook,
  fetchWebhooks,
  type Webhook,
  type WebhookChoice,
  type WebhookWithSecret,
} from "./webhook-api.ts";
import { WebhookCard } from "./webhook-card.tsx";
import { WebhookForm } from "./webhook-form.tsx";

/** Of a new one. */
const USUAL = { url: "", events: ["head.held", "run.failed", "backup.failed"], queueAbove: 50 };

/** Gives back what fills the fold, which fills itself whenever it is opened again. Throws where its words do not come. */
export async function wireWebhooks(): Promise<() => Promise<void>> {
  loadStyle("admin-webhooks");
  const texts = await kitchen.loadWebhooks();
  const fill = mountFold("webhooks", fetchWebhooks, ({ webhooks }) => <Webhooks {...{ texts, webhooks, fill }} />);
  return fill;
}

interface WebhooksProps {
  readonly texts: WebhookTexts;
  readonly webhooks: readonly Webhook[];
  /** Asks for the list again. */
  readonly fill: () => Promise<void>;
}

function Webhooks({ texts, webhooks, fill }: WebhooksProps) {
  const { status, say } = useStatus();
  /** A new form for each address, so that nothing of the last one is left in it. */
  const [form, countForm] = useState(0);
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const refresh = async (done: string) => {
    await fill();
    say(done);
  };
  const showSecret = async (webhook: WebhookWithSecret) => {
    await fill();
    setMade(webhook);
  };
  const save = async (choice: WebhookChoice) => {
    const answer = await createWebhook(choice);
    if (!answer.ok) return answer.error.detail;
    say(texts.made);
    countForm(form + 1);
    await showSecret(answer.value);
    return "";
  };
  const putAway = () => {
    setMade(null);
    say();
  };
  return (
    <div class="sample-places">
      <p class="soft">{texts.note}</p>
      <WebhookForm key={form} {...{ texts, save }} choice={USUAL} submit={texts.make} />
      {made && (
        <SecretCard
          key={made.secret}
          id="webhook-secret-title"
          {...{ words: texts.secret.once, secret: made.secret, onAway: putAway }}
          title={texts.secret.title(new URL(made.url).host)}
        />
      )}
      {status}
      {webhooks.length === 0 ? (
        <p class="empty">{texts.none}</p>
      ) : (
        <ul class="doubts" aria-label={texts.title}>
          {webhooks.map((webhook) => (
            <WebhookCard key={webhook.id} {...{ webhook, texts, refresh, showSecret }} />
          ))}
        </ul>
      )}
    </div>
  );
}
