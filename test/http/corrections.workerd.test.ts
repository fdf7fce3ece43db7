import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deriveReceiptKey, openReceipt } from "../../src/application/receipt.ts";
import { MAX_PENDING_PER_SITE, MAX_PENDING_PER_SOURCE } from "../../src/store/reviews/review-limits.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { type Asked, askAboutSmallMenu, correct, forgetCorrections, sendFrom } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { findTableScans, recordStatements } from "../support/query-plans.ts";
import { json, multipart, sendAsAdmin } from "../support/worker-client.ts";

let asked: { right: Asked[]; other: Asked };

beforeAll(async () => {
  asked = await askAboutSmallMenu();
});

beforeEach(forgetCorrections);

async function readQueue() {
  const { body } = await sendAsAdmin("/v1/admin/reviews");
  return { pending: body.pending, groups: body.groups as { conflicts: readonly string[] }[] };
}

async function rows(sql: string) {
  return (await env.DB.prepare(sql).all<Record<string, unknown>>()).results;
}

async function photoOf({ receipt }: Asked): Promise<string> {
  const opened = await openReceipt(receipt, await deriveReceiptKey(env.RECEIPT_SECRET), Date.now());
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value.photo.sampleId;
}

async function fill(count: number, contributor: (i: number) => string) {
  const insert = env.DB.prepare(
    `INSERT INTO reviews (sample_id, class_id, contributor, backbone_id, embedding, scale, origin, usefulness, created_at)
     VALUES (?, 'pepperoni', ?, 'b', 'fw==', 1, 'server', 0, ?)`,
  );
  await env.DB.batch(Array.from({ length: count }, (_, i) => insert.bind(`photo ${i}`, contributor(i), i)));
}

describe("a guest's correction", () => {
  it("is stored under a pseudonym of the guest's network, which is told and is not an address", async () => {
    const answer = await correct("203.0.113.7", asked.right[0], "hawaiian");
    expect(answer).toMatchObject({ status: 201, body: { status: "pending", stored: true } });
    expect(answer.body.contributor).toMatch(/^g_[0-9a-f]{20}$/);
    const again = await correct("203.0.113.7", asked.right[1], "hawaiian");
    expect(again.body.contributor).toBe(answer.body.contributor);
    const neighbour = await correct("203.0.113.8", asked.right[0], "hawaiian");
    expect(neighbour).toMatchObject({ status: 201, body: { stored: true } });
    expect(neighbour.body.contributor).not.toBe(answer.body.contributor);
    const stored = JSON.stringify(await rows("SELECT * FROM reviews"));
    expect(stored).toContain(String(answer.body.contributor));
    expect(stored).not.toContain("203.0.113");
  });

  it("has another pseudonym under another secret", async () => {
    const names = [env, { ...env, RECEIPT_SECRET: "another-receipt-secret-of-32-chars" }].map(async (bindings) => {
      const form = multipart({ "a.png": makePhoto("hawaiian", 300, 64) }, { label: "pepperoni" });
      return (await sendFrom("203.0.113.7", "/v1/labels", form, bindings)).body.contributor;
    });
    expect(new Set(await Promise.all(names)).size).toBe(2);
  });

  it("counts as one source with every address of its IPv6 /64, and as another one outside it", async () => {
    const from = async (address: string) => (await correct(address, asked.right[0], "hawaiian")).body.contributor;
    const first = await from("2001:db8:1:2::1");
    expect(await from("2001:DB8:1:2:ffff:ffff:ffff:ffff")).toBe(first);
    expect(await from("2001:db8:1:3::1")).not.toBe(first);
    expect(await rows("SELECT 1 FROM reviews")).toHaveLength(2);
  });

  it("is refused with 429 when fifty of its source wait, and nothing is stored", async () => {
    const sender = String((await correct("198.51.100.1", asked.right[0], "hawaiian")).body.contributor);
    await fill(MAX_PENDING_PER_SOURCE - 1, () => sender);
    const refused = await correct("198.51.100.1", asked.right[1], "hawaiian");
    expect(refused).toMatchObject({ status: 429, body: { code: "too_many_corrections" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await rows("SELECT 1 FROM reviews")).toHaveLength(MAX_PENDING_PER_SOURCE);
    expect(await correct("198.51.100.2", asked.right[1], "hawaiian")).toMatchObject({ status: 201 });
  });

  it("is refused with 429 when two hundred of its site wait, from whatever address of it", async () => {
    const site = String((await correct("2001:db8:7:1::1", asked.right[0], "hawaiian")).body.contributor).slice(0, 10);
    await fill(MAX_PENDING_PER_SITE - 1, (i) => `${site}${String(i).padStart(12, "0")}`);
    expect(await correct("2001:db8:7:2::1", asked.right[1], "hawaiian")).toMatchObject({ status: 429 });
    expect(await correct("2001:db8:8:2::1", asked.right[1], "hawaiian")).toMatchObject({ status: 201 });
  });

  it("never gets past its limit, however many come at the same moment", async () => {
    const sender = String((await correct("198.51.100.1", asked.right[0], "hawaiian")).body.contributor);
    await fill(MAX_PENDING_PER_SOURCE - 2, () => sender);
    const sent = [asked.right[1], asked.right[2], asked.other].map((one) => correct("198.51.100.1", one, "hawaiian"));
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(await rows("SELECT 1 FROM reviews")).toHaveLength(MAX_PENDING_PER_SOURCE);
  });

  it("does not come back after staff have rejected it, whoever sends it", async () => {
    const { photo } = (await correct("203.0.113.7", asked.right[0], "hawaiian")).body;
    await sendAsAdmin(`/v1/admin/reviews/${photo}/hawaiian`, json({ decision: "reject" }));
    const again = await correct("198.51.100.9", asked.right[0], "hawaiian");
    expect(again).toMatchObject({ status: 201, body: { status: "pending", stored: true } });
    expect((await readQueue()).pending).toBe(0);
  });

  it("of a photo that is taught is answered like any other, once or twice, and at a limit", async () => {
    await sendAsAdmin("/v1/labels", json({ receipt: asked.right[2].receipt, label: "pepperoni" }));
    const tell = async (one: Asked) => {
      const { status, body } = await correct("203.0.113.7", one, "pepperoni");
      const { label, origin, contributor, status: kind, stored, code } = body;
      return { status, label, origin, contributor, kind, stored, code };
    };
    const [taught, other] = [asked.right[2], asked.right[1]];
    expect(await tell(taught)).toEqual(await tell(other));
    expect(await tell(taught)).toEqual(await tell(other));
    const sender = String((await tell(other)).contributor);
    await env.DB.prepare("DELETE FROM reviews").run();
    await fill(MAX_PENDING_PER_SOURCE, () => sender);
    expect(await tell(taught)).toEqual(await tell(other));
    expect((await tell(taught)).status).toBe(429);
    await env.DB.prepare("DELETE FROM examples WHERE sample_id = ?")
      .bind(await photoOf(taught))
      .run();
  });

  it("takes the place of what the same guest said of the photo before", async () => {
    for (const label of ["hawaiian", "margherita", "pepperoni", "hawaiian"]) {
      expect(await correct("203.0.113.7", asked.right[0], label)).toMatchObject({ status: 201 });
      expect(await rows("SELECT class_id FROM reviews")).toEqual([{ class_id: label }]);
    }
    const byPhoto = multipart({ "a.png": makePhoto("hawaiian", 300, 64) }, { label: "pepperoni" });
    const otherMind = multipart({ "a.png": makePhoto("hawaiian", 300, 64) }, { label: "margherita" });
    await sendFrom("203.0.113.7", "/v1/labels", byPhoto);
    await sendFrom("203.0.113.7", "/v1/labels", otherMind);
    expect(await rows("SELECT class_id FROM reviews ORDER BY class_id")).toEqual([
      { class_id: "hawaiian" },
      { class_id: "margherita" },
    ]);
  });

  it("is one label a receipt, whoever brings it: five guests with one answer are one witness", async () => {
    const { receipt } = asked.right[0];
    const say = (address: string, label: string) => sendFrom(address, "/v1/labels", json({ receipt, label }));
    for (let i = 1; i <= 5; i++) expect(await say(`203.0.${i}.1`, "hawaiian")).toMatchObject({ status: 201 });
    expect(await rows("SELECT 1 FROM reviews")).toHaveLength(1);
    await say("198.51.100.1", "margherita");
    expect(await rows("SELECT class_id FROM reviews")).toEqual([{ class_id: "margherita" }]);
  });

  it("stays where another label of the receipt can no longer be given", async () => {
    await correct("203.0.113.7", asked.right[0], "hawaiian");
    expect((await correct("203.0.113.7", asked.right[0], "calzone")).status).toBe(422);
    expect(await rows("SELECT class_id FROM reviews")).toEqual([{ class_id: "hawaiian" }]);
  });

  it("that says what staff have said is known already", async () => {
    await sendAsAdmin("/v1/labels", json({ receipt: asked.right[2].receipt, label: "pepperoni" }));
    const answer = await correct("203.0.113.7", asked.right[2], "pepperoni");
    expect(answer).toMatchObject({ status: 201, body: { status: "pending" } });
    expect(await rows("SELECT 1 FROM reviews")).toEqual([]);
    const contradiction = await correct("203.0.113.7", asked.right[2], "hawaiian");
    expect(contradiction).toMatchObject({ status: 201 });
    expect((await readQueue()).groups[0].conflicts).toEqual(["hawaiian", "pepperoni"]);
    await env.DB.prepare("DELETE FROM examples WHERE sample_id = ?").bind(contradiction.body.photo).run();
  });

  it("costs four queries, and twelve rows where one other waits", async () => {
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db };
    await correct("203.0.113.7", asked.right[0], "hawaiian", bindings); // the head is loaded once per isolate
    const warm = { ...observed.counts };
    await correct("203.0.113.7", asked.right[1], "hawaiian", bindings);
    const { queries, rowsRead, rowsWritten } = observed.counts;
    expect({ queries: queries - warm.queries, rowsRead: rowsRead - warm.rowsRead }).toEqual({
      queries: 4,
      rowsRead: 12,
    });
    expect(rowsWritten - warm.rowsWritten).toBe(5); // the row, its key, and three indices
  });

  it("is stored, or refused, without reading a whole table", async () => {
    const recording = recordStatements(env.DB);
    const bindings = { ...env, DB: recording.db };
    await correct("203.0.113.7", asked.right[0], "hawaiian", bindings);
    await correct("203.0.113.7", asked.right[0], "hawaiian", bindings);
    const plans = [...(await recording.explain())].filter(([sql]) => /reviews|examples/.test(sql));
    const [guard, takeBack, insert, why] = plans;
    expect(plans).toHaveLength(4);
    expect(guard[0]).toMatch(/limit \?$/); // any one example tells the backbone
    expect(findTableScans(takeBack[1])).toEqual([]);
    expect(findTableScans(insert[1])).toEqual([]);
    expect(findTableScans(why[1])).toEqual([]);
  });
});
