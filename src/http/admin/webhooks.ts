/** `/v1/admin/webhooks`: addresses that are told what happens, and what became of the messages to them. A secret is in one answer, once. */
import { type Context, Hono } from "hono";
import { z } from "zod";
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
import { WEBHOOK_EVENTS } from "../../shared/webhook-events.ts";
import {
  type ClaimedDelivery,
  claimAgain,
  claimTest,
  listDeliveries,
  type StoredDelivery,
} from "../../store/webhook-deliveries.ts";
import { MAX_QUEUE_ABOVE, USUAL_QUEUE_ABOVE } from "../../store/webhook-limits.ts";
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  findWebhook,
  type ListedWebhook,
  listWebhooks,
  makeWebhookId,
  rotateWebhookSecret,
} from "../../store/webhooks.ts";
import { attempt } from "../../webhooks/attempt.ts";
import { showSecret } from "../../webhooks/secret.ts";
import type { AppEnv } from "../app-env.ts";
import { whenMissing } from "../field-faults.ts";
import { numberedPage, readPage } from "../page.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields, readJson } from "../request-body.ts";

const url = z.string({ error: whenMissing("say where messages go") }).meta({
  description: "A whole https: address with a public name; no IP address, no port but 443 and 8443",
  examples: ["https://shop.example.com/headstart"],
});
const events = z
  .array(z.enum(WEBHOOK_EVENTS, { error: `is none of ${WEBHOOK_EVENTS.join(", ")}` }), {
    error: whenMissing("name at least one event"),
  })
  .min(1, "names no event")
  .max(WEBHOOK_EVENTS.length)
  .transform((names) => WEBHOOK_EVENTS.filter((name) => names.includes(name)));
const queueAbove = z.number().int().min(1).max(MAX_QUEUE_ABOVE).meta({
  description: "Corrections that wait for staff before `queue.long` tells of them",
});

/** The body of `POST /v1/admin/webhooks`. */
export const newWebhookSchema = z.strictObject({ url, events, queueAbove: queueAbove.default(USUAL_QUEUE_ABOVE) });
/** The body of `PATCH /v1/admin/webhooks/{id}`: a field that is absent stays as it is. */
export const webhookChangeSchema = z.strictObject({
  url: url.optional(),
  events: events.optional(),
  queueAbove: queueAbove.optional(),
  on: z.boolean().optional(),
});

/** Mounted at `/v1/admin/webhooks`. */
export const webhookRoutes = new Hono<AppEnv>()
  .get("/", async (c) => c.json({ webhooks: (await listWebhooks(c.get("services").db)).map(toBody) }))
  .post("/", async (c) => {
    const body = await readJson(c, newWebhookSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const address = judgeAddress(c, body.value.url);
    if (!address.ok) return respondProblem(c, address.error);
    const { db, clock } = c.get("services");
    const choice = { ...body.value, url: address.value };
    const made = await createWebhook(db, makeWebhookId(), choice, c.get("actor"), clock());
    return made.ok ? answerWithSecret(c, made.value, 201) : respondProblem(c, made.error);
  })
  .patch("/:id", async (c) => {
    const body = await readJson(c, webhookChangeSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { url: wanted, on: isOn, ...choice } = body.value;
    const address = wanted === undefined ? ok(undefined) : judgeAddress(c, wanted);
    if (!address.ok) return respondProblem(c, address.error);
    const { db, clock } = c.get("services");
    const change = address.value === undefined ? choice : { ...choice, url: address.value };
    const changed = await changeWebhook(db, c.req.param("id"), { ...change, isOn }, c.get("actor"), clock());
    return changed.ok ? c.json(toBody(changed.value)) : respondProblem(c, changed.error);
  })
  .post("/:id/rotate", async (c) => {
    const { db, clock } = c.get("services");
    const rotated = await rotateWebhookSecret(db, c.req.param("id"), c.get("actor"), clock());
    return rotated.ok ? answerWithSecret(c, rotated.value, 200) : respondProblem(c, rotated.error);
  })
  .delete("/:id", async (c) => {
    const { db, clock } = c.get("services");
    const gone = await deleteWebhook(db, c.req.param("id"), c.get("actor"), clock());
    return gone.ok ? c.body(null, 204) : respondProblem(c, gone.error);
  })
  .post("/:id/test", async (c) => {
    const { db, clock } = c.get("services");
    return answerWithAttempt(c, await claimTest(db, c.req.param("id"), c.get("actor"), clock()));
  })
  .get("/:id/deliveries", async (c) => {
    const query = checkFields(c.req.query(), numberedPage);
    if (!query.ok) return respondProblem(c, query.error);
    const { db } = c.get("services");
    const found = await findWebhook(db, c.req.param("id"));
    if (!found.ok) return respondProblem(c, found.error);
    const list = (after: number | null, limit: number) => listDeliveries(db, found.value.id, limit, after);
    const { rows, next } = await readPage(query.value, list, ({ id }) => id);
    return c.json({ deliveries: rows.map(toDeliveryBody), next });
  })
  .post("/:id/deliveries/:delivery/redeliver", async (c) => {
    const { db, clock } = c.get("services");
    const { id, delivery } = c.req.param();
    // What is no number is no message's.
    const number = /^\d{1,15}$/.test(delivery) ? Number(delivery) : 0;
    const claimed = await claimAgain(db, id, number, c.get("actor"), clock());
    if (claimed.ok && !claimed.value.isClaimed) return c.json(toDeliveryBody(claimed.value.delivery));
    return answerWithAttempt(c, claimed);
  });

/** Sends it now, so that whoever asked sees what came of it. */
async function answerWithAttempt(c: Context<AppEnv>, claimed: Result<ClaimedDelivery, Problem>): Promise<Response> {
  if (!claimed.ok) return respondProblem(c, claimed.error);
  return c.json(toDeliveryBody(await attempt(c.get("services"), claimed.value)));
}

const REFUSE: Readonly<Record<AddressFault, () => Problem>> = {
  form: () => addressNoUrl({ limit: MAX_ADDRESS_CHARACTERS }),
  ...{ scheme: addressNotHttps, credentials: addressWithPassword, port: addressAtOddPort },
  ...{ number: addressIsNumber, name: addressNotPublic, fragment: addressWithFragment },
};

function judgeAddress(c: Context<AppEnv>, text: string): Result<string, Problem> {
  const address = checkWebhookAddress(text, c.get("services").config.webhooksMayBeLocal);
  return address.ok ? address : err(REFUSE[address.error]());
}

async function answerWithSecret(c: Context<AppEnv>, webhook: ListedWebhook, status: 200 | 201): Promise<Response> {
  const secret = await showSecret(c.get("services").config.receiptSecret, webhook);
  return c.json({ ...toBody(webhook), secret }, status, { "cache-control": "no-store" });
}

function toBody({ id, url, events, queueAbove, state, waiting, ...times }: ListedWebhook) {
  return {
    ...{ id, url, events, queueAbove, state, waiting },
    createdAt: new Date(times.createdAt).toISOString(),
    deliveredAt: toIsoTime(times.deliveredAt),
    failingSince: toIsoTime(times.failingSince),
    rotatedAt: toIsoTime(times.rotatedAt),
  };
}

function toDeliveryBody({ id, messageId, event, body, attempts, status, fault, ...rest }: StoredDelivery) {
  return {
    ...{ id, messageId, event, body, attempts, status, fault },
    state: rest.deliveredAt !== null ? "delivered" : rest.nextAt !== null ? "waiting" : "failed",
    createdAt: new Date(rest.createdAt).toISOString(),
    attemptedAt: toIsoTime(rest.attemptedAt),
    nextAt: toIsoTime(rest.nextAt),
    deliveredAt: toIsoTime(rest.deliveredAt),
  };
}
