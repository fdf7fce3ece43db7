/** `/v1/admin/webhooks`: addresses that are told what happens, and what became of the messages to them. A secret is in one answer, once. */
import type { Context } from "hono";
import type { AnswerOf } from "../../operations/operation.ts";
import { webhookOperations } from "../../operations/webhooks.ts";
import type { Services } from "../../services.ts";
import {
  addressAtOddPort,
  addressIsNumber,
  addressNotHttps,
  addressNotPublic,
  addressNoUrl,
  addressWithFragment,
  addressWithPassword,
} from "../../shared/english/webhooks.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { type AddressFault, checkWebhookAddress, MAX_ADDRESS_CHARACTERS } from "../../shared/webhook-address.ts";
import {
  type ClaimedDelivery,
  claimAgain,
  claimTest,
  listDeliveries,
  type StoredDelivery,
} from "../../store/webhook/webhook-deliveries.ts";
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  findWebhook,
  type ListedWebhook,
  listWebhooks,
  makeWebhookId,
  rotateWebhookSecret,
} from "../../store/webhook/webhooks.ts";
import { attempt, showSecret } from "../../webhooks/send.ts";
import type { AppEnv } from "../app-env.ts";
import { readPage, serve } from "../serve.ts";

/** Of `webhookOperations`. */
export const webhookHandlers = [
  serve(webhookOperations.listWebhooks, async (c) =>
    ok({ webhooks: (await listWebhooks(c.get("services").db)).map(toBody) }),
  ),
  serve(webhookOperations.createWebhook, async (c, { body }) => {
    const address = judgeAddress(c.get("services"), body.url);
    if (!address.ok) return address;
    const { db, clock } = c.get("services");
    const choice = { ...body, url: address.value };
    const made = await createWebhook(db, makeWebhookId(), choice, c.get("actor"), clock());
    return made.ok ? ok(await withSecret(c, made.value)) : made;
  }),
  serve(webhookOperations.changeWebhook, async (c, { params, body }) => {
    const { url: wanted, on: isOn, ...choice } = body;
    const address = wanted === undefined ? ok(undefined) : judgeAddress(c.get("services"), wanted);
    if (!address.ok) return address;
    const { db, clock } = c.get("services");
    const change = address.value === undefined ? choice : { ...choice, url: address.value };
    const changed = await changeWebhook(db, params.id, { ...change, isOn }, c.get("actor"), clock());
    return changed.ok ? ok(toBody(changed.value)) : changed;
  }),
  serve(webhookOperations.rotateWebhookSecret, async (c, { params }) => {
    const { db, clock } = c.get("services");
    const rotated = await rotateWebhookSecret(db, params.id, c.get("actor"), clock());
    return rotated.ok ? ok(await withSecret(c, rotated.value)) : rotated;
  }),
  serve(webhookOperations.deleteWebhook, async (c, { params }) => {
    const { db, clock } = c.get("services");
    const gone = await deleteWebhook(db, params.id, c.get("actor"), clock());
    return gone.ok ? ok(null) : gone;
  }),
  serve(webhookOperations.testWebhook, async (c, { params }) => {
    const { db, clock } = c.get("services");
    return attemptNow(c.get("services"), await claimTest(db, params.id, c.get("actor"), clock()));
  }),
  serve(webhookOperations.listWebhookDeliveries, async (c, { params, query }) => {
    const { db } = c.get("services");
    const found = await findWebhook(db, params.id);
    if (!found.ok) return found;
    const list = (after: number | null, limit: number) => listDeliveries(db, found.value.id, limit, after);
    const { rows, next } = await readPage(query, list, ({ id }) => id);
    return ok({ deliveries: rows.map(toDeliveryBody), next });
  }),
  serve(webhookOperations.redeliverWebhook, async (c, { params }) => {
    const { db, clock } = c.get("services");
    const { id, delivery } = params;
    // What is not a number is no message's.
    const number = /^\d{1,15}$/.test(delivery) ? Number(delivery) : 0;
    const claimed = await claimAgain(db, id, number, c.get("actor"), clock());
    if (claimed.ok && !claimed.value.isClaimed) return ok(toDeliveryBody(claimed.value.delivery));
    return attemptNow(c.get("services"), claimed);
  }),
];

/** Sends it now, so that whoever asked sees what came of it. */
async function attemptNow(services: Services, claimed: Result<ClaimedDelivery, Problem>) {
  return claimed.ok ? ok(toDeliveryBody(await attempt(services, claimed.value))) : claimed;
}

const REFUSE: Readonly<Record<AddressFault, () => Problem>> = {
  form: () => addressNoUrl({ limit: MAX_ADDRESS_CHARACTERS }),
  scheme: addressNotHttps,
  credentials: addressWithPassword,
  port: addressAtOddPort,
  number: addressIsNumber,
  name: addressNotPublic,
  fragment: addressWithFragment,
};

function judgeAddress({ config }: Services, text: string): Result<string, Problem> {
  const address = checkWebhookAddress(text, config.webhooksMayBeLocal);
  return address.ok ? address : err(REFUSE[address.error]());
}

/** No cache may keep it. */
async function withSecret(c: Context<AppEnv>, webhook: ListedWebhook) {
  c.header("cache-control", "no-store");
  return { ...toBody(webhook), secret: await showSecret(c.get("services").config.receiptSecret, webhook) };
}

function toBody({ id, url, events, queueAbove, state, waiting, ...times }: ListedWebhook) {
  return {
    id,
    url,
    events,
    queueAbove,
    state,
    waiting,
    createdAt: new Date(times.createdAt).toISOString(),
    deliveredAt: toIsoTime(times.deliveredAt),
    failingSince: toIsoTime(times.failingSince),
    rotatedAt: toIsoTime(times.rotatedAt),
  };
}

type DeliveryState = AnswerOf<typeof webhookOperations.testWebhook>["state"];

function stateOf({ deliveredAt, nextAt }: Pick<StoredDelivery, "deliveredAt" | "nextAt">): DeliveryState {
  if (deliveredAt !== null) return "delivered";
  return nextAt !== null ? "waiting" : "failed";
}

function toDeliveryBody({ id, messageId, event, body, attempts, status, fault, ...rest }: StoredDelivery) {
  return {
    id,
    messageId,
    event,
    body,
    attempts,
    status,
    fault,
    state: stateOf(rest),
    createdAt: new Date(rest.createdAt).toISOString(),
    attemptedAt: toIsoTime(rest.attemptedAt),
    nextAt: toIsoTime(rest.nextAt),
    deliveredAt: toIsoTime(rest.deliveredAt),
  };
}
