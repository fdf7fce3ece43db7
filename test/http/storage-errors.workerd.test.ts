/**
 * Every route, with a database that fails at each of the calls that the route makes: the answer says so and nothing of the
 * request is stored; where the call took effect and only its answer was lost, the same request can be sent again.
 */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ACCESS_RULES } from "../../src/http/access/require-access.ts";
import { type DatabaseState, readDatabase, restoreDatabase } from "../support/database-state.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { askAbout, askAboutSmallMenu, correct } from "../support/guests.ts";
import { makeKey } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { poolCopy } from "../support/pooled.ts";
import { type Answer, json, multipart, rawPhoto, send, sendAsAdmin } from "../support/worker-client.ts";

type Init = RequestInit<IncomingRequestCfProperties>;
/** A path and a request to it that is answered with less than 400 in the state that `beforeAll` makes. */
type Prepared = () => readonly [path: string, init?: Init];

/** No route makes more calls than this in one request. */
const MOST_CALLS = 40;
const observed = observeD1(env.DB);
/** Quotas are counted aside and would only add to what must be compared. */
const bindings = { ...env, DB: observed.db, DAILY_QUOTA_GUEST: "0", DAILY_QUOTA_KEY: "0", KEEP_PICTURES: "thumbnails" };

/** What takes several transactions because one cannot hold it; `test/training/crash`, `test/transfer` and `test/jobs/deliver` break those off. */
const IN_STEPS = [
  ...["POST /v1/admin/webhooks/:id/test", "POST /v1/admin/webhooks/:id/deliveries/:delivery/redeliver"],
  ...["POST /v1/admin/training-runs", "POST /v1/admin/import", "POST /v1/admin/second-backbone/head"],
];
/** Pages and sessions, which store nothing, and what answers about the database itself. */
const WITHOUT_DATA = [
  // -- of backups `test/store/backups` fails every call, to the database and to the bucket
  ...["GET /v1/admin/backups", "POST /v1/admin/backups", "GET /v1/admin/backups/:name"],
  ...[
    "GET /admin/menu",
    "GET /admin/menu/:item",
    "GET /admin/look",
    "GET /admin/map",
    "GET /admin/versions",
    "GET /admin/settings",
  ],
  ...["GET /", "GET /admin", "GET /thanks", "GET /v1/health", "GET /v1/ready", "DELETE /v1/admin/import"],
  ...["POST /v1/admin/session", "POST /v1/admin/session/code", "DELETE /v1/admin/session", "POST /", "POST /reply"],
  ...["POST /suggest", ...IN_STEPS],
];

let start: DatabaseState;
let receipt = "";
let keyId = "";
let webhook = "";
let suggestion = "";
/** Waits as a correction; counts as an example. */
let waiting = { photo: "", label: "" };
let decided = { photo: "", label: "" };
let taught = "";
/** Its picture is kept. */
let pictured = "";
const SECOND = { id: "e".repeat(64), name: "another", dimension: 1 };
const POOLED = "d".repeat(64);
const WEBHOOK_URL = "https://shop.example.com/";

const review = () => ({ reviews: [waiting] });

const REQUESTS: Readonly<Record<string, Prepared>> = {
  "GET /v1/admin/session": () => ["/v1/admin/session"],
  "GET /v1/menu": () => ["/v1/menu"],
  "POST /v1/classify": () => ["/v1/classify", rawPhoto(makePhoto("pepperoni", 300, 64))],
  "POST /v1/labels": () => ["/v1/labels", json({ receipt, label: "hawaiian" })],
  "POST /v1/suggestions": () => ["/v1/suggestions", json({ text: "Four Cheese" })],
  "GET /v1/admin/classes": () => ["/v1/admin/classes"],
  "POST /v1/admin/classes/:id/examples": () => [
    "/v1/admin/classes/hawaiian/examples",
    multipart({ "a.png": makePhoto("hawaiian", 301, 64), "b.png": makePhoto("hawaiian", 302, 64) }),
  ],
  "GET /v1/admin/examples/:photo/picture": () => [`/v1/admin/examples/${pictured}/picture`],
  "POST /v1/admin/examples/known": () => ["/v1/admin/examples/known", json({ photos: [taught] })],
  "GET /v1/admin/overview": () => ["/v1/admin/overview"],
  "GET /v1/admin/reviews": () => ["/v1/admin/reviews"],
  "POST /v1/admin/reviews": () => ["/v1/admin/reviews", json({ decisions: [{ ...waiting, decision: "accept" }] })],
  "GET /v1/admin/reviews/next": () => ["/v1/admin/reviews/next"],
  "POST /v1/admin/reviews/skip": () => ["/v1/admin/reviews/skip", json(review())],
  "POST /v1/admin/reviews/undo": () => ["/v1/admin/reviews/undo", json({ reviews: [decided] })],
  "POST /v1/admin/reviews/:photo/:label": () => [
    `/v1/admin/reviews/${waiting.photo}/${waiting.label}`,
    json({ decision: "reject" }),
  ],
  "GET /v1/admin/suggestions": () => ["/v1/admin/suggestions"],
  "GET /v1/admin/pool": () => ["/v1/admin/pool"],
  "POST /v1/admin/pool/:photo": () => [`/v1/admin/pool/${POOLED}`, json({ label: "hawaiian" })],
  "DELETE /v1/admin/pool/:photo": () => [`/v1/admin/pool/${POOLED}`, { method: "DELETE" }],
  "DELETE /v1/admin/pool": () => ["/v1/admin/pool", { method: "DELETE" }],
  "GET /v1/admin/teacher": () => ["/v1/admin/teacher"],
  "GET /v1/admin/teacher/labels": () => ["/v1/admin/teacher/labels"],
  "DELETE /v1/admin/teacher/labels": () => ["/v1/admin/teacher/labels", { method: "DELETE" }],
  "GET /v1/admin/places": () => ["/v1/admin/places"],
  "POST /v1/admin/places": () => ["/v1/admin/places", json({ name: "Terrace" })],
  "PATCH /v1/admin/places/:id": () => ["/v1/admin/places/bar", json({ on: false }, "PATCH")],
  "DELETE /v1/admin/places/:id": () => ["/v1/admin/places/bar", { method: "DELETE" }],
  "GET /v1/admin/examples": () => ["/v1/admin/examples?class=pepperoni"],
  "PATCH /v1/admin/examples": () => [
    "/v1/admin/examples",
    json(
      {
        changes: [
          { photo: taught, label: "hawaiian" },
          { photo: pictured, purpose: "test" },
        ],
      },
      "PATCH",
    ),
  ],
  "PATCH /v1/admin/examples/:photo": () => [`/v1/admin/examples/${taught}`, json({ label: "hawaiian" }, "PATCH")],
  "GET /v1/admin/photos/:photo/explanation": () => [`/v1/admin/photos/${taught}/explanation`],
  "GET /v1/admin/suspects": () => ["/v1/admin/suspects"],
  "GET /v1/admin/heads": () => ["/v1/admin/heads"],
  "GET /v1/admin/heads/compare": () => ["/v1/admin/heads/compare?from=1&to=2"],
  "GET /v1/admin/heads/:version": () => ["/v1/admin/heads/2"],
  "GET /v1/admin/heads/:version/map": () => ["/v1/admin/heads/2/map"],
  "GET /v1/admin/heads/:version/mistakes": () => ["/v1/admin/heads/2/mistakes"],
  "GET /v1/admin/heads/:version/onnx": () => ["/v1/admin/heads/2/onnx"],
  "GET /v1/admin/test-set": () => ["/v1/admin/test-set"],
  "POST /v1/admin/test-set": () => ["/v1/admin/test-set", json({ share: 0.5, class: "pepperoni" })],
  "GET /v1/admin/second-backbone": () => ["/v1/admin/second-backbone"],
  "PUT /v1/admin/second-backbone": () => ["/v1/admin/second-backbone", json(SECOND, "PUT")],
  "DELETE /v1/admin/second-backbone": () => ["/v1/admin/second-backbone", { method: "DELETE" }],
  "GET /v1/admin/second-backbone/missing": () => [`/v1/admin/second-backbone/missing?backbone=${SECOND.id}`],
  "POST /v1/admin/second-backbone/embeddings": () => [
    "/v1/admin/second-backbone/embeddings",
    json({ backbone: SECOND.id, embeddings: [{ photo: taught, embedding: "fw==", scale: Math.fround(1 / 127) }] }),
  ],
  "GET /v1/admin/training-runs": () => ["/v1/admin/training-runs"],
  "GET /v1/admin/pictures": () => ["/v1/admin/pictures"],
  "GET /v1/admin/limits": () => ["/v1/admin/limits"],
  "POST /v1/admin/classes": () => ["/v1/admin/classes", json({ name: "Marinara" })],
  "PUT /v1/admin/classes/order": () => [
    "/v1/admin/classes/order",
    json({ ids: ["margherita", "pepperoni", "hawaiian"] }, "PUT"),
  ],
  "PATCH /v1/admin/classes/:id": () => ["/v1/admin/classes/hawaiian", json({ name: "Aloha" }, "PATCH")],
  "POST /v1/admin/classes/:id/merge": () => ["/v1/admin/classes/margherita/merge", json({ into: "hawaiian" })],
  "DELETE /v1/admin/classes/:id": () => ["/v1/admin/classes/margherita?forget=true", { method: "DELETE" }],
  "POST /v1/admin/examples/forget": () => ["/v1/admin/examples/forget", json({ photos: [taught] })],
  "DELETE /v1/admin/examples/:photo": () => [`/v1/admin/examples/${taught}`, { method: "DELETE" }],
  "DELETE /v1/admin/contributors/:contributor": () => ["/v1/admin/contributors/staff", { method: "DELETE" }],
  "POST /v1/admin/heads/:version/activate": () => ["/v1/admin/heads/1/activate", { method: "POST" }],
  "PATCH /v1/admin/heads/:version": () => ["/v1/admin/heads/2", json({ pinned: true }, "PATCH")],
  "DELETE /v1/admin/suggestions/:id": () => [`/v1/admin/suggestions/${suggestion}`, { method: "DELETE" }],
  "GET /v1/admin/webhooks": () => ["/v1/admin/webhooks"],
  "POST /v1/admin/webhooks": () => ["/v1/admin/webhooks", json({ url: WEBHOOK_URL, events: ["head.held"] })],
  "PATCH /v1/admin/webhooks/:id": () => [`/v1/admin/webhooks/${webhook}`, json({ on: true, queueAbove: 9 }, "PATCH")],
  "DELETE /v1/admin/webhooks/:id": () => [`/v1/admin/webhooks/${webhook}`, { method: "DELETE" }],
  "POST /v1/admin/webhooks/:id/rotate": () => [`/v1/admin/webhooks/${webhook}/rotate`, { method: "POST" }],
  "GET /v1/admin/webhooks/:id/deliveries": () => [`/v1/admin/webhooks/${webhook}/deliveries`],
  "GET /v1/admin/keys": () => ["/v1/admin/keys"],
  "POST /v1/admin/keys": () => ["/v1/admin/keys", json({ name: "till", role: "classify" })],
  "POST /v1/admin/keys/:id/rotate": () => [`/v1/admin/keys/${keyId}/rotate`, { method: "POST" }],
  "DELETE /v1/admin/keys/:id": () => [`/v1/admin/keys/${keyId}`, { method: "DELETE" }],
  "GET /v1/admin/drift": () => ["/v1/admin/drift"],
  "GET /v1/admin/metrics": () => ["/v1/admin/metrics"],
  "GET /v1/admin/audit-log": () => ["/v1/admin/audit-log"],
  "GET /v1/admin/audit": () => ["/v1/admin/audit"],
  "GET /v1/admin/export": () => ["/v1/admin/export"],
};

beforeAll(async () => {
  // Each failure is logged, as it should be; some two hundred times here.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { right, other } = await askAboutSmallMenu();
  await sendAsAdmin("/v1/admin/classes/hawaiian/examples", rawPhoto(makePhoto("hawaiian", 50, 128)), bindings);
  await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  for (const guest of ["203.0.113.7", "198.51.100.7"]) await correct(guest, right[0], "hawaiian");
  await correct("203.0.113.8", other, "hawaiian");
  const { reviews } = (await sendAsAdmin("/v1/admin/reviews")).body as { reviews: { photo: string; label: string }[] };
  [decided, waiting] = [reviews[0], reviews[reviews.length - 1]].map(({ photo, label }) => ({ photo, label }));
  await sendAsAdmin("/v1/admin/reviews", json({ decisions: [{ ...decided, decision: "accept" }] }));
  const hook = await sendAsAdmin("/v1/admin/webhooks", json({ url: WEBHOOK_URL, events: ["suggestion.new"] }));
  webhook = String(hook.body.id);
  await send("/v1/suggestions", json({ text: "Calzone" }));
  const { suggestions } = (await sendAsAdmin("/v1/admin/suggestions")).body as { suggestions: { id: string }[] };
  suggestion = suggestions[0].id;
  const { examples } = (await sendAsAdmin("/v1/admin/examples?class=pepperoni")).body as {
    examples: { photo: string }[];
  };
  taught = examples[0].photo;
  const shown = await sendAsAdmin("/v1/admin/examples?class=hawaiian");
  const kept = (shown.body as { examples: { photo: string; picture: boolean }[] }).examples.find((one) => one.picture);
  pictured = kept?.photo ?? "none";
  keyId = (await makeKey("label")).id;
  ({ receipt } = await askAbout(makePhoto("pepperoni", 310, 64)));
  await poolCopy(POOLED);
  await sendAsAdmin("/v1/admin/places", json({ name: "Bar" }));
  await sendAsAdmin("/v1/admin/second-backbone", json(SECOND, "PUT"));
  start = await readDatabase();
});

/** The rows that a request is about: not what is counted beside answers, in batches, and may be lost. */
function essence({ daily_usage: _, answer_days: __, ...rest }: DatabaseState): string {
  return JSON.stringify({ ...rest, api_keys: rest.api_keys.map(({ last_used_at: _lastUse, ...key }) => key) });
}

/** Null where the answer broke off in the middle, which only an export may do: its end says that it is whole. */
async function attempt(route: string): Promise<Answer | null> {
  const [path, init = {}] = REQUESTS[route]();
  const method = route.split(" ")[0];
  const answer = sendAsAdmin(path, { method, ...init }, bindings);
  return route === "GET /v1/admin/export" ? answer.catch(() => null) : answer;
}

it("has a request for every route that reads or writes data", () => {
  const routes = Object.keys(ACCESS_RULES).filter((route) => !WITHOUT_DATA.includes(route));
  expect(Object.keys(REQUESTS).toSorted()).toEqual(routes.toSorted());
});

describe("a database that fails", () => {
  it.each(Object.keys(REQUESTS))("in the middle of %s leaves nothing half done", async (route) => {
    await restoreDatabase(start);
    expect((await attempt(route))?.status).toBeLessThan(400);
    for (const at of ["before", "after"] as const) {
      for (let call = 0; ; call++) {
        expect(call).toBeLessThan(MOST_CALLS);
        await restoreDatabase(start);
        const made = observed.calls.length;
        observed.failAt(call, at);
        const answer = await attempt(route);
        observed.failAt(-1, at);
        const reached = observed.calls.length - made > call;
        if (answer !== null && answer.status >= 400) {
          expect(answer).toMatchObject({ status: 503, body: { code: "storage_unavailable" } });
          if (at === "before") expect(essence(await readDatabase())).toBe(essence(start));
          const again = await attempt(route);
          // What took effect is done: the second request finds it so.
          const done = at === "after" ? [404, 409] : [];
          if (again === null) throw new Error(`${route} broke off though nothing failed`);
          expect(
            again.status < 400 || done.includes(again.status),
            `${route}: ${again.status} after ${at} ${call}`,
          ).toBe(true);
        }
        if (!reached) break;
      }
    }
  });
});
