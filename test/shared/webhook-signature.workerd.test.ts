/** Signatures of webhooks: the specification's own example, and that a new secret does not put the old one out at once. */
import { expect, it } from "vitest";
import { formatWebhookSecret, signWebhook } from "../../src/shared/webhook-signature.ts";

/** Of the reference implementations' tests (github.com/standard-webhooks/standard-webhooks). */
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const bytes = Uint8Array.fromBase64(SECRET.slice("whsec_".length));
const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: '{"test": 2432232314}' };

it("signs as the specification's example is signed", async () => {
  expect(await signWebhook(message, [bytes])).toEqual({
    "webhook-id": message.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
  expect(formatWebhookSecret(bytes)).toBe(SECRET);
});

it("signs with the new secret and the old one, while both hold, and otherwise for another body", async () => {
  const other = new Uint8Array(new TextEncoder().encode("another secret of 32 characters!"));
  const signatureOf = async (secrets: Uint8Array<ArrayBuffer>[], body = message.body) =>
    (await signWebhook({ ...message, body }, secrets))["webhook-signature"];
  const both = [await signatureOf([other]), await signatureOf([bytes])];
  expect(await signatureOf([other, bytes])).toBe(both.join(" "));
  expect(new Set([...both, await signatureOf([bytes], `${message.body} `)]).size).toBe(3);
});
