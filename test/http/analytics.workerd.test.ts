/**
 * Data points for Analytics Engine. The local runtime's dataset takes points and keeps none, so what is written is seen by an object in its place;
 * that it is known for one is seen with the real one.
 */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createPointWriter } from "../../src/store/answers/answer-points.ts";
import { teachItem } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { json, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

beforeAll(async () => {
  await resetDatabase();
  for (const id of ["pepperoni", "hawaiian", "margherita"]) await teachItem(id, 6);
  await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  await sendAsAdmin("/v1/admin/classes/hawaiian", json({ threshold: 1, names: { de: "Geheim" } }, "PATCH"));
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A dataset that remembers its points. */
function recordPoints() {
  const points: AnalyticsEngineDataPoint[] = [];
  const ANALYTICS: AnalyticsEngineDataset = { writeDataPoint: (point) => void points.push(point ?? {}) };
  return { points, bindings: { ...env, ANALYTICS } };
}

interface Answer {
  readonly predictions: readonly { readonly label: string; readonly score: number }[];
  readonly strangeness: number;
}

async function classify(
  kind: string,
  bindings: Env,
  query = "",
  headers: Record<string, string> = {},
): Promise<Answer> {
  const init = { ...rawPhoto(makePhoto(kind, 300, 128)), headers: { "content-type": "image/png", ...headers } };
  const { status, body } = await send(`/v1/classify${query}`, init, bindings);
  expect(status).toBe(200);
  return body as unknown as Answer;
}

describe("a deployment with a dataset", () => {
  it("writes one point per answer, with what was answered", async () => {
    const { points, bindings } = recordPoints();
    const first = await classify("pepperoni", bindings);
    const second = await classify("hawaiian", bindings, "?head=1");
    expect(points).toHaveLength(2);
    const { strangeness } = first;
    expect(strangeness).toBeGreaterThan(0);
    const [{ label, score }] = first.predictions;
    const entropy = -first.predictions.reduce((sum, { score: p }) => sum + p * Math.log(p), 0) / Math.log(3);
    expect(points[0]).toEqual({
      indexes: ["head 1"],
      blobs: [label, "known", "server", "live"],
      doubles: [1, score, expect.closeTo(entropy, 9), 3, strangeness],
    });
    expect(points[1].blobs).toEqual([second.predictions[0].label, "unknown", "server", "pinned"]);
  });

  it("writes nothing of who asked, nor of the photo", async () => {
    const { points, bindings } = recordPoints();
    const headers = {
      authorization: `Bearer ${env.ADMIN_TOKEN}`,
      "cf-connecting-ip": "203.0.113.99",
      "user-agent": "marker-agent",
      "accept-language": "de",
    };
    await classify("hawaiian", bindings, "", headers);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", makePhoto("hawaiian", 300, 128))).toHex();
    const written = JSON.stringify(points);
    expect(written).toContain("hawaiian");
    for (const secret of [env.ADMIN_TOKEN, "203.0.113", "marker", "Geheim", "admin", hash.slice(0, 16)])
      expect(written).not.toContain(secret);
  });

  it("writes none for what was not answered", async () => {
    const { points, bindings } = recordPoints();
    expect((await send("/v1/classify", rawPhoto(new Uint8Array([1, 2, 3])), bindings)).status).toBe(415);
    expect((await send("/v1/classify?head=99", rawPhoto(makePhoto("pepperoni", 1, 128)), bindings)).status).toBe(404);
    await send("/v1/menu", {}, bindings);
    expect(points).toEqual([]);
  });

  it("answers all the same when the dataset fails", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const ANALYTICS: AnalyticsEngineDataset = {
      writeDataPoint() {
        throw new TypeError("too many points");
      },
    };
    const bindings = { ...env, ANALYTICS };
    await classify("pepperoni", bindings);
    expect(log.mock.calls.flat().join()).toContain('"event":"analytics_failed"');
  });

  it("knows the binding of the local runtime for a dataset, and writes to it without an error", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const bindings = { ...env, ANALYTICS: env.LOCAL_DATASET };
    expect(createPointWriter(bindings)).toBeTypeOf("function");
    await classify("pepperoni", bindings);
    expect(log).not.toHaveBeenCalled();
  });
});

describe("a deployment without a dataset", () => {
  it.each([[{}], [{ ANALYTICS: undefined }], [{ ANALYTICS: "headstart_answers" }]])(
    "writes none: %j",
    async (bound) => {
      expect(createPointWriter({ ...env, ...bound })).toBeUndefined();
      await classify("pepperoni", { ...env, ...bound } as Env);
    },
  );
});
