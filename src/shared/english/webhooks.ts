/** Problems of webhooks. */
import { problemOf } from "../problem.ts";

/** It was deleted, or never made. */
export const noSuchWebhook = problemOf(
  "not_found",
  "no_such_webhook",
  ({ webhook }: { webhook: string }) => `There is no webhook ${webhook}. GET /v1/admin/webhooks lists them.`,
);
/** Somebody asks to send it again. */
export const noSuchDelivery = problemOf(
  "not_found",
  "no_such_delivery",
  ({ webhook, delivery }: { webhook: string; delivery: number }) =>
    `The webhook ${webhook} has no message ${delivery}: it was never written, or it is too old to be kept.`,
);
/** Each event is written once for every webhook. */
export const tooManyWebhooks = problemOf(
  "too_many_webhooks",
  "too_many_webhooks",
  ({ limit }: { limit: number }) => `There are already ${limit} webhooks. Delete one, or have one tell the others.`,
);
/** It has no scheme or host, or is too long. */
export const addressNoUrl = problemOf(
  "bad_request",
  "address_no_url",
  ({ limit }: { limit: number }) =>
    `url is not a complete address of at most ${limit} characters, such as https://shop.example.com/headstart.`,
);
/** What is sent tells of the menu, and its signature must not be read on the way. */
export const addressNotHttps = problemOf("bad_request", "address_not_https", () => "url must begin with https://.");
/** The address shows in lists and logs. */
export const addressWithPassword = problemOf(
  "bad_request",
  "address_with_password",
  () => "url must not hold a name or a password. Check the signature of what arrives instead.",
);
/** The ports that HTTPS has by custom. */
export const addressAtOddPort = problemOf(
  "bad_request",
  "address_at_odd_port",
  () => "url may name only the ports 443 and 8443.",
);
/** So that nobody has the Worker call into a private network. */
export const addressIsNumber = problemOf(
  "bad_request",
  "address_is_number",
  () => "url must name its host, not its IP address: whatever its notation, an address may lie inside a network.",
);
/** The same for names that resolve inside a network alone. */
export const addressNotPublic = problemOf(
  "bad_request",
  "address_not_public",
  () => "url must name a host in the public network, with a dot in its name and none at its end.",
);
/** It would show something that the receiver never sees. */
export const addressWithFragment = problemOf(
  "bad_request",
  "address_with_fragment",
  () => "url must hold no #: what stands behind it is never sent.",
);
