/** Skipping, undoing and what is kept for it: after an undone decision everything is as if it had never been taken. */
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { cutBack } from "../../src/store/retention.ts";
import { UNDO_MS } from "../../src/store/reviews/review-limits.ts";
import { undoDecisions } from "../../src/store/reviews/undo-decisions.ts";
import { type Asked, askAboutSmallMenu, correct, forgetCorrections, sendFrom } from "../support/guests.ts";
import { json, send, sendAsAdmin } from "../support/worker-client.ts";

const THUMBNAIL = "data:image/webp;base64,UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
let asked: { right: Asked[]; other: Asked };

async function rows(sql: string) {
  return (await env.DB.prepare(sql).all<Record<string, unknown>>()).results;
}

const run = async () => (await sendAsAdmin("/v1/admin/training-runs", { method: "POST" })).body;
const decide = (photo: unknown, label: string, decision: object) =>
  sendAsAdmin(`/v1/admin/reviews/${photo}/${label}`, json(decision));
const undo = async (photo: unknown, label: string) =>
  (await sendAsAdmin("/v1/admin/reviews/undo", json({ reviews: [{ photo, label }] }))).body;
const waiting = async () => (await sendAsAdmin("/v1/admin/reviews")).body.reviews as { photo: string; label: string }[];

/** Counts, sums and Gram matrix, rounded where float32 and float64 sums of int8 values may differ in the last place. */
async function statistics() {
  const sums = await rows(
    "SELECT class_id, count, sum FROM class_sums WHERE slot = 'current' AND count > 0 ORDER BY 1",
  );
  const gram = await rows("SELECT data FROM gram_parts WHERE slot = 'current' ORDER BY part");
  const round = (values: Iterable<number>) => Array.from(values, (value) => Math.round(value * 1e4) + 0);
  return {
    sums: sums.map(({ class_id, count, sum }) => {
      return { class_id, count, sum: round(new Float64Array(Uint8Array.fromBase64(String(sum)).buffer)) };
    }),
    gram: gram.map(({ data }) => round(new Float32Array(Uint8Array.fromBase64(String(data)).buffer))),
  };
}

beforeAll(async () => {
  asked = await askAboutSmallMenu();
});

beforeEach(async () => {
  await forgetCorrections();
  await env.DB.batch(["DELETE FROM review_decisions", "DELETE FROM audit_log"].map((sql) => env.DB.prepare(sql)));
});

describe("an undone decision", () => {
  it("leaves the corrections waiting as they were, whatever it was and whoever had sent them", async () => {
    for (const decision of [{ decision: "accept" }, { decision: "reject" }, { decision: "relabel", to: "pepperoni" }]) {
      await forgetCorrections();
      const { photo } = (await correct("203.0.113.7", asked.other, "hawaiian")).body;
      await correct("198.51.100.7", asked.other, "hawaiian");
      await correct("192.0.2.7", asked.other, "pepperoni");
      const before = await rows("SELECT * FROM reviews ORDER BY contributor");
      await decide(photo, "hawaiian", decision);
      expect(await rows("SELECT * FROM reviews WHERE status <> 'pending'")).not.toEqual([]);
      expect(await undo(photo, "hawaiian")).toMatchObject({ done: 1, refused: 0, results: [{ status: "done" }] });
      expect(await rows("SELECT * FROM reviews ORDER BY contributor")).toEqual(before);
      expect(await rows("SELECT * FROM examples WHERE class_id IS NOT NULL AND source = 'guest'")).toEqual([]);
      expect(await rows("SELECT * FROM review_decisions")).toEqual([]);
    }
  });

  it("leaves the statistics where they would have been, before and after a run has seen the example", async () => {
    const before = await statistics();
    const { photo } = (await correct("203.0.113.7", asked.other, "hawaiian")).body;
    for (const isAbsorbed of [false, true]) {
      await decide(photo, "hawaiian", { decision: "accept" });
      if (isAbsorbed) {
        expect(await run()).toMatchObject({ outcome: "published", absorbed: 1 });
        expect(await statistics()).not.toEqual(before);
      }
      expect(await undo(photo, "hawaiian")).toMatchObject({ done: 1 });
      await run();
      expect(await statistics()).toEqual(before);
      expect(await rows(`SELECT * FROM examples WHERE sample_id = '${photo}'`)).toEqual([]);
    }
    expect(await rows("SELECT actor, action FROM audit_log WHERE action = 'reviews.undo'")).toHaveLength(2);
  });

  it("gives a relabelled example back its label, its time and its confirmation", async () => {
    const [example] = await rows("SELECT * FROM examples WHERE class_id = 'pepperoni' LIMIT 1");
    await sendAsAdmin(`/v1/admin/examples/${example.sample_id}`, json({ confirmed: true }, "PATCH"));
    const [before] = await rows(`SELECT * FROM examples WHERE sample_id = '${example.sample_id}'`);
    await env.DB.prepare(`INSERT INTO reviews (sample_id, class_id, contributor, backbone_id, embedding, scale, origin, usefulness, created_at)
      SELECT sample_id, 'hawaiian', 'g', backbone_id, embedding, scale, 'server', 0, 1 FROM examples WHERE sample_id = ?`)
      .bind(example.sample_id)
      .run();
    await decide(example.sample_id, "hawaiian", { decision: "accept" });
    expect(await undo(example.sample_id, "hawaiian")).toMatchObject({ done: 1 });
    expect(await rows(`SELECT * FROM examples WHERE sample_id = '${example.sample_id}'`)).toEqual([before]);
  });

  it("can be taken again, and undone again", async () => {
    const { photo } = (await correct("203.0.113.7", asked.other, "hawaiian")).body;
    for (const decision of ["accept", "reject", "accept"]) {
      expect((await decide(photo, "hawaiian", { decision })).status).toBe(200);
      expect(await undo(photo, "hawaiian")).toMatchObject({ done: 1 });
    }
    expect(await waiting()).toMatchObject([{ photo, label: "hawaiian" }]);
  });

  it("is undone once, by whichever of many at the same moment", async () => {
    const { photo } = (await correct("203.0.113.7", asked.other, "hawaiian")).body;
    await decide(photo, "hawaiian", { decision: "accept" });
    const all = await Promise.all(Array.from({ length: 8 }, () => undo(photo, "hawaiian")));
    expect(all.filter(({ done }) => done === 1)).toHaveLength(1);
    expect(await waiting()).toHaveLength(1);
  });
});

describe("undoing is refused", () => {
  it("where nothing was decided, and twice in one request", async () => {
    const { photo } = (await correct("203.0.113.7", asked.other, "hawaiian")).body;
    expect(await undo(photo, "hawaiian")).toMatchObject({ refused: 1, results: [{ problem: { code: "not_found" } }] });
    await decide(photo, "hawaiian", { decision: "reject" });
    const reviews = [
      { photo, label: "hawaiian" },
      { photo, label: "hawaiian" },
    ];
    const { body } = await sendAsAdmin("/v1/admin/reviews/undo", json({ reviews }));
    expect(body).toMatchObject({ done: 1, refused: 1, results: [{ status: "done" }, { status: "refused" }] });
  });

  it("after the label has been changed, forgotten or its item merged, and nothing is changed by it", async () => {
    for (const change of [
      (photo: unknown) => sendAsAdmin(`/v1/admin/examples/${photo}`, json({ label: "pepperoni" }, "PATCH")),
      (photo: unknown) => sendAsAdmin(`/v1/admin/examples/${photo}`, { method: "DELETE" }),
    ]) {
      await forgetCorrections();
      const { photo } = (await correct("203.0.113.7", asked.other, "hawaiian")).body;
      await decide(photo, "hawaiian", { decision: "accept" });
      expect((await change(photo)).status).toBe(200);
      const before = await rows("SELECT * FROM examples");
      const [result] = (await undo(photo, "hawaiian")).results as { problem: { code: string } }[];
      expect(["cannot_undo", "not_found"]).toContain(result.problem.code);
      expect(await rows("SELECT * FROM examples")).toEqual(before);
      expect(await waiting()).toEqual([]);
    }
  });

  it("after a day, when the nightly job has dropped picture and embedding", async () => {
    const body = { receipt: asked.other.receipt, label: "hawaiian", thumbnail: THUMBNAIL };
    const { photo } = (await sendFrom("203.0.113.7", "/v1/labels", json(body))).body;
    await decide(photo, "hawaiian", { decision: "accept" });
    const db = openDatabase(env.DB);
    const kept = () => rows("SELECT preview, embedding IS NULL AS dropped FROM reviews");
    await cutBack(db, 20, Date.now());
    expect(await kept()).toEqual([{ preview: THUMBNAIL, dropped: 0 }]);
    const late = Date.now() + UNDO_MS + 1;
    const key = { photo: String(photo), label: "hawaiian" };
    expect(await undoDecisions(db, [key], "admin", late)).toMatchObject([
      { ok: false, error: { code: "cannot_undo" } },
    ]);
    expect(await cutBack(db, 20, late)).toMatchObject({ decisions: 1 });
    expect(await kept()).toEqual([{ preview: null, dropped: 1 }]);
    expect(await undo(photo, "hawaiian")).toMatchObject({ results: [{ problem: { code: "not_found" } }] });
  });

  it("when it names nothing, too much, or comes from a guest", async () => {
    const one = { photo: "x", label: "y" };
    for (const path of ["undo", "skip"].map((verb) => `/v1/admin/reviews/${verb}`)) {
      for (const reviews of [[], Array.from({ length: 101 }, () => one), [{ photo: "x" }]]) {
        expect((await sendAsAdmin(path, json({ reviews }))).status).toBe(400);
      }
      expect((await send(path, json({ reviews: [one] }))).status).toBe(401);
    }
  });
});

describe("a skipped correction", () => {
  const next = async () => (await sendAsAdmin("/v1/admin/reviews/next")).body as { group: { photo: string } | null };
  const skip = (photo: unknown, label: string) =>
    sendAsAdmin("/v1/admin/reviews/skip", json({ reviews: [{ photo, label }] }));

  it("comes behind those that nobody skipped, the longest ago first, until a guest says more of the picture", async () => {
    expect(await next()).toEqual({ group: null, reviews: [], pending: 0 });
    const first = (await correct("203.0.113.7", asked.other, "hawaiian")).body.photo;
    const second = (await correct("203.0.113.8", asked.right[0], "pepperoni")).body.photo;
    expect((await next()).group?.photo).toBe(first);
    expect((await skip(first, "hawaiian")).body).toEqual({ skipped: 1 });
    expect((await next()).group?.photo).toBe(second);
    await skip(second, "pepperoni");
    await env.DB.prepare("UPDATE reviews SET skipped_at = 5 WHERE sample_id = ?").bind(first).run();
    expect((await waiting()).map(({ photo }) => photo)).toEqual([first, second]);
    await correct("198.51.100.7", asked.right[0], "pepperoni");
    expect((await next()).group).toMatchObject({ photo: second, skippedAt: null });
    expect((await skip("nobody", "hawaiian")).body).toEqual({ skipped: 0 });
    expect(await rows("SELECT action FROM audit_log WHERE action = 'reviews.skip'")).toHaveLength(2);
  });
});

describe("a thumbnail", () => {
  it("is a WebP of at most 20 KB: one byte more is refused and nothing stored", async () => {
    const webpOf = (bytes: number) => {
      const picture = Uint8Array.fromBase64(THUMBNAIL.split(",")[1]);
      const padded = new Uint8Array(bytes);
      padded.set(picture);
      const view = new DataView(padded.buffer);
      view.setUint32(4, bytes - 8, true);
      padded.set(new TextEncoder().encode("EXIF"), picture.length);
      view.setUint32(picture.length + 4, bytes - picture.length - 8, true);
      return `data:image/webp;base64,${padded.toBase64()}`;
    };
    const sendThumbnail = (thumbnail: string) =>
      sendFrom("203.0.113.7", "/v1/labels", json({ receipt: asked.other.receipt, label: "hawaiian", thumbnail }));
    const tooLarge = await sendThumbnail(webpOf(20 * 1024 + 2));
    expect(tooLarge).toMatchObject({ status: 400, body: { detail: expect.stringContaining("20480 bytes") } });
    expect(await rows("SELECT * FROM reviews")).toEqual([]);
    expect((await sendThumbnail(webpOf(20 * 1024))).status).toBe(201);
  });
});

describe("the exported audit log", () => {
  it("has every entry once, oldest first, as NDJSON or CSV, from any entry on", async () => {
    const insert = env.DB.prepare("INSERT INTO audit_log (at, actor, action, detail) VALUES (?, ?, 'a.b', ?)");
    const entries = Array.from({ length: 1_203 }, (_, i) =>
      insert.bind(i, i === 7 ? '=SUM("a",1)' : "admin", '{"n":1}'),
    );
    await env.DB.batch(entries);
    const { headers, body } = await sendAsAdmin("/v1/admin/audit");
    expect(headers.get("content-type")).toBe("application/x-ndjson");
    const lines = String(body.text)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(1_203);
    expect(lines[2]).toEqual({
      id: lines[0].id + 2,
      at: "1970-01-01T00:00:00.002Z",
      actor: "admin",
      action: "a.b",
      detail: { n: 1 },
    });
    const rest = await sendAsAdmin(`/v1/admin/audit?after=${lines[1_199].id}`);
    expect(String(rest.body.text).trimEnd().split("\n")).toHaveLength(3);
    const csv = String((await sendAsAdmin("/v1/admin/audit?format=csv")).body.text).split("\r\n");
    expect(csv[0]).toBe("id,at,actor,action,detail");
    expect(csv[8]).toBe(`${lines[7].id},1970-01-01T00:00:00.007Z,"'=SUM(""a"",1)",a.b,"{""n"":1}"`);
    expect(csv).toHaveLength(1_205);
    expect((await sendAsAdmin("/v1/admin/audit?format=xml")).status).toBe(400);
    expect((await send("/v1/admin/audit")).status).toBe(401);
  });
});
