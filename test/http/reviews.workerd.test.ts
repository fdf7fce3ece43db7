import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { observeD1 } from "../support/failing-d1.ts";
import { type Asked, askAboutSmallMenu, correct, forgetCorrections } from "../support/guests.ts";
import { findTableScans, recordStatements } from "../support/query-plans.ts";
import { json, send, sendAsAdmin } from "../support/worker-client.ts";

interface GroupBody {
  readonly photo: string;
  readonly members: readonly { photo: string; label: string; origin: string }[];
  readonly proposals: readonly { label: string; name: string; sources: number }[];
  readonly sources: number;
  readonly priority: number;
  readonly conflicts: readonly string[];
  readonly why: { disagreement: number; entropy: number; suspicion: number };
  readonly answers: readonly { label: string; score: number }[];
}

let asked: { right: Asked[]; other: Asked };

beforeAll(async () => {
  asked = await askAboutSmallMenu();
});

beforeEach(forgetCorrections);

async function queue() {
  const { body } = await sendAsAdmin("/v1/admin/reviews");
  return { groups: body.groups as GroupBody[], reviews: body.reviews as { photo: string; label: string }[], body };
}

async function rows(sql: string) {
  return (await env.DB.prepare(sql).all<Record<string, unknown>>()).results;
}

describe("the review queue", () => {
  it("groups what shows the same picture, says how many sources there are and where they disagree", async () => {
    await correct("203.0.113.7", asked.right[0], "hawaiian");
    await correct("198.51.100.7", asked.right[0], "hawaiian");
    await correct("192.0.2.7", asked.right[0], "margherita");
    await correct("192.0.2.8", asked.other, "hawaiian");
    const { groups, reviews, body } = await queue();
    expect(body.pending).toBe(4);
    expect(reviews).toHaveLength(4);
    expect(groups).toHaveLength(2);
    expect(groups[0]).toMatchObject({
      sources: 3,
      proposals: [
        { label: "hawaiian", name: "hawaiian", sources: 2 },
        { label: "margherita", sources: 1 },
      ],
      conflicts: ["hawaiian", "margherita"],
    });
    expect(groups[0].members).toHaveLength(3);
    expect(groups[1].conflicts).toEqual([]);
    expect(groups[0].priority).toBeGreaterThan(groups[1].priority);
  });

  it("puts first what the head would never have said, and says why", async () => {
    await correct("203.0.113.7", asked.right[0], asked.right[0].predictions[0].label);
    await correct("203.0.113.8", asked.other, "hawaiian");
    const { groups, reviews } = await queue();
    expect(reviews.map(({ label }) => label)).toEqual(["hawaiian", "pepperoni"]);
    expect(groups[0].why.disagreement).toBeGreaterThan(groups[1].why.disagreement);
    expect(groups[0].answers[0].label).toBe("margherita");
    expect(groups[0].answers[0].score).toBeCloseTo(asked.other.predictions[0].score, 6);
  });

  it("marks what a device embedded and puts it behind the same from the server", async () => {
    await correct("203.0.113.7", asked.right[0], "hawaiian");
    await correct("203.0.113.8", asked.other, "hawaiian");
    const before = await queue();
    const [first] = before.groups;
    await env.DB.prepare("UPDATE reviews SET origin = 'device' WHERE sample_id = ?").bind(first.photo).run();
    const after = await queue();
    const marked = after.groups.find(({ photo }) => photo === first.photo);
    expect(marked?.members[0].origin).toBe("device");
    expect(marked?.priority).toBeCloseTo(first.priority / 2, 6);
  });

  it("is read with eight queries, and rows of what waits alone", async () => {
    await correct("203.0.113.7", asked.right[0], "hawaiian");
    await queue();
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db };
    await sendAsAdmin("/v1/admin/session", {}, bindings); // whether the token is spent is asked twice a minute
    const signedIn = { ...observed.counts };
    expect(signedIn).toEqual({ queries: 1, rowsRead: 0, rowsWritten: 0 });
    await sendAsAdmin("/v1/admin/reviews", {}, bindings);
    expect(observed.counts.queries - signedIn.queries).toBe(8); // 4 of them load the head into a fresh isolate
    expect(observed.counts.rowsRead).toBeLessThanOrEqual(20);
    expect(observed.counts.rowsWritten).toBe(0);
  });

  it("is read and decided by its indices alone", async () => {
    const { photo } = (await correct("203.0.113.7", asked.right[0], "hawaiian")).body;
    const recording = recordStatements(env.DB);
    const bindings = { ...env, DB: recording.db };
    await sendAsAdmin("/v1/admin/reviews", {}, bindings);
    await sendAsAdmin(`/v1/admin/reviews/${photo}/hawaiian`, json({ decision: "accept" }), bindings);
    const plans = [...(await recording.explain())].filter(([sql]) => /reviews|examples/.test(sql));
    const scans = plans.flatMap(([sql, lines]) => findTableScans(lines).map((line) => `${line}: ${sql}`));
    expect(plans.length).toBeGreaterThanOrEqual(8);
    // `pending` is no table: it is what a subquery found along an index, up to its limit.
    expect(scans.filter((scan) => !/limit \?$|^SCAN pending: /.test(scan))).toEqual([]);
  });
});

describe("a decision", () => {
  it("settles every correction of the photo: those that say the same with it, the others against it", async () => {
    const { photo, contributor } = (await correct("203.0.113.7", asked.right[0], "hawaiian")).body;
    await correct("198.51.100.7", asked.right[0], "hawaiian");
    await correct("192.0.2.7", asked.right[0], "margherita");
    const accepted = await sendAsAdmin(`/v1/admin/reviews/${photo}/hawaiian`, json({ decision: "accept" }));
    expect(accepted).toMatchObject({ status: 200, body: { photo, label: "hawaiian", decision: "accept" } });
    expect(await rows("SELECT class_id, status, decided_with FROM reviews ORDER BY class_id")).toEqual([
      { class_id: "hawaiian", status: "accepted", decided_with: "hawaiian" },
      { class_id: "hawaiian", status: "accepted", decided_with: "hawaiian" },
      { class_id: "margherita", status: "rejected", decided_with: "hawaiian" },
    ]);
    expect(await rows("SELECT class_id, contributor, origin FROM examples WHERE source = 'guest'")).toEqual([
      { class_id: "hawaiian", contributor, origin: "server" },
    ]);
    const late = await sendAsAdmin(`/v1/admin/reviews/${photo}/margherita`, json({ decision: "accept" }));
    expect(late).toMatchObject({ status: 409, body: { code: "already_decided" } });
  });

  it("can be that it is something else", async () => {
    const { photo } = (await correct("203.0.113.7", asked.other, "hawaiian")).body;
    const relabel = json({ decision: "relabel", to: "pepperoni" });
    expect((await sendAsAdmin(`/v1/admin/reviews/${photo}/hawaiian`, relabel)).status).toBe(200);
    expect(await rows("SELECT class_id FROM examples WHERE source = 'guest'")).toEqual([{ class_id: "pepperoni" }]);
  });

  it("is taken in bulk, one result each, and a bad one stops no other", async () => {
    const photos = [];
    for (const one of [...asked.right, asked.other])
      photos.push((await correct("203.0.113.7", one, "hawaiian")).body.photo);
    const answer = await sendAsAdmin(
      "/v1/admin/reviews",
      json({
        decisions: [
          { photo: photos[0], label: "hawaiian", decision: "accept" },
          { photo: photos[1], label: "hawaiian", decision: "reject" },
          { photo: photos[2], label: "hawaiian", decision: "relabel", to: "nothing" },
          { photo: photos[3], label: "hawaiian", decision: "relabel", to: "margherita" },
          { photo: photos[0], label: "hawaiian", decision: "reject" },
          { photo: "unknown", label: "hawaiian", decision: "accept" },
        ],
      }),
    );
    expect(answer).toMatchObject({ status: 200, body: { done: 3, refused: 3 } });
    expect(answer.body.results).toMatchObject([
      { status: "done" },
      { status: "done" },
      { status: "refused", problem: { code: "unknown_class" } },
      { status: "done" },
      { status: "refused", problem: { code: "already_decided" } },
      { status: "refused", problem: { code: "not_found" } },
    ]);
    expect((await queue()).body.pending).toBe(1);
    const [noted] = await rows("SELECT actor, action, detail FROM audit_log ORDER BY id DESC LIMIT 1");
    expect(noted).toMatchObject({ actor: "admin", action: "reviews.decide" });
    expect(JSON.parse(String(noted.detail))).toEqual({ accept: 1, relabel: 1, reject: 1 });
    expect(await rows("SELECT class_id FROM examples WHERE source = 'guest' ORDER BY class_id")).toEqual([
      { class_id: "hawaiian" },
      { class_id: "margherita" },
    ]);
  });

  it("is taken once, whichever of twenty at the same moment it is", async () => {
    const { photo } = (await correct("203.0.113.7", asked.other, "hawaiian")).body;
    const path = `/v1/admin/reviews/${photo}/hawaiian`;
    const all = Array.from({ length: 20 }, (_, i) =>
      sendAsAdmin(path, json({ decision: i % 2 ? "accept" : "reject" })),
    );
    const answers = await Promise.all(all);
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === "already_decided")).toHaveLength(19);
    const isAccepted = taken[0].body.decision === "accept";
    expect(await rows("SELECT 1 FROM examples WHERE source = 'guest'")).toHaveLength(isAccepted ? 1 : 0);
  });

  it.each([
    ["nothing", {}],
    ["an unknown word", { decision: "perhaps" }],
    ["a label to relabel to that is missing", { decision: "relabel" }],
    ["a label to accept", { decision: "accept", to: "hawaiian" }],
  ])("is refused when it says %s", async (_name, body) => {
    const answer = await sendAsAdmin("/v1/admin/reviews/x/y", json(body));
    expect(answer).toMatchObject({ status: 400, body: { code: "bad_request" } });
    const inBulk = await sendAsAdmin("/v1/admin/reviews", json({ decisions: [{ photo: "x", label: "y", ...body }] }));
    expect(inBulk).toMatchObject({ status: 400, body: { code: "bad_request" } });
  });

  it("is refused in bulk when there are none or more than a hundred", async () => {
    const one = { photo: "x", label: "y", decision: "accept" };
    for (const decisions of [[], Array.from({ length: 101 }, () => one)]) {
      expect((await sendAsAdmin("/v1/admin/reviews", json({ decisions }))).status).toBe(400);
    }
  });

  it("on what nobody sent is answered 404, by a guest 401", async () => {
    expect(await sendAsAdmin("/v1/admin/reviews/x/y", json({ decision: "accept" }))).toMatchObject({ status: 404 });
    expect(await send("/v1/admin/reviews", json({ decisions: [] }))).toMatchObject({ status: 401 });
  });
});
