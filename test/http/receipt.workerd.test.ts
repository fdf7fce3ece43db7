import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openCorrection } from "../../src/application/correct.ts";
import { deriveReceiptKey, openReceipt, sealReceipt } from "../../src/application/receipt.ts";
import { getServices } from "../../src/services.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";

/** What tells a receipt from every other one. */
const ID = expect.stringMatching(/^[0-9a-f]{24}$/);

describe("a receipt", () => {
  const [photo] = makeEmbeddedPhotos(0, 1);
  const now = 1_800_000_000_000;
  const receipt = { photo, guess: "pepperoni", expiresAt: now + 1_000 } as const;

  it("comes back as it was sealed", async () => {
    const key = await deriveReceiptKey("a".repeat(32));
    expect(await openReceipt(await sealReceipt(receipt, key), key, now)).toEqual({
      ok: true,
      value: { ...receipt, id: ID },
    });
  });

  it("remembers that a device computed the embedding", async () => {
    const key = await deriveReceiptKey("a".repeat(32));
    const device = { ...receipt, photo: { ...photo, origin: "device" } } as const;
    expect(await openReceipt(await sealReceipt(device, key), key, now)).toEqual({
      ok: true,
      value: { ...device, id: ID },
    });
  });

  it.each(["terrace", "террасa", "x".repeat(64)])("remembers the place %s", async (place) => {
    const key = await deriveReceiptKey("a".repeat(32));
    const there = { ...receipt, photo: { ...photo, place } };
    const opened = await openReceipt(await sealReceipt(there, key), key, now);
    expect(opened).toEqual({ ok: true, value: { ...there, id: ID } });
  });

  it("never looks the same twice", async () => {
    const key = await deriveReceiptKey("a".repeat(32));
    expect(await sealReceipt(receipt, key)).not.toBe(await sealReceipt(receipt, key));
  });

  it("is opened before anybody looks for the backbone, and one that does not open makes nobody look", async () => {
    const services = getServices({ ...env });
    const missing = () => Promise.reject(new Error("there is no backbone"));
    const correct = (sealed: string) => openCorrection(services, missing, { receipt: sealed, label: "pepperoni" });
    const expiresAt = services.clock() + 60_000;
    const good = await sealReceipt({ ...receipt, expiresAt }, await deriveReceiptKey(services.config.receiptSecret));
    const forged = await sealReceipt({ ...receipt, expiresAt }, await deriveReceiptKey("b".repeat(32)));
    for (const sealed of [forged, "AgAA", ""]) {
      expect(await correct(sealed)).toMatchObject({ ok: false, error: { code: "receipt_invalid" } });
    }
    await expect(correct(good)).rejects.toThrow("there is no backbone");
  });

  it("is refused after its time", async () => {
    const key = await deriveReceiptKey("a".repeat(32));
    const late = await openReceipt(await sealReceipt(receipt, key), key, now + 1_001);
    expect(late).toMatchObject({ ok: false, error: { code: "receipt_expired" } });
  });

  it("is refused when another deployment sealed it", async () => {
    const sealed = await sealReceipt(receipt, await deriveReceiptKey("a".repeat(32)));
    const opened = await openReceipt(sealed, await deriveReceiptKey("b".repeat(32)), now);
    expect(opened).toMatchObject({ ok: false, error: { code: "receipt_invalid" } });
  });

  it("is refused when any one of its bytes was changed", async () => {
    const key = await deriveReceiptKey("a".repeat(32));
    const bytes = Uint8Array.fromBase64(await sealReceipt(receipt, key), { alphabet: "base64url" });
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice();
      changed[i] ^= 1;
      const opened = await openReceipt(changed.toBase64({ alphabet: "base64url", omitPadding: true }), key, now);
      expect(opened).toMatchObject({ ok: false, error: { code: "receipt_invalid" } });
    }
  });

  it.each(["", "x", "not base64!", "AAAA", "A".repeat(4_000)])("is refused when it is %j", async (text) => {
    const key = await deriveReceiptKey("a".repeat(32));
    expect(await openReceipt(text, key, now)).toMatchObject({ ok: false, error: { code: "receipt_invalid" } });
  });
});
