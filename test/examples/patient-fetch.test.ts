/** The typed client's patience, against a server that is short of it. */
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { createPatientFetch } from "../../examples/typed-client/src/patient-fetch.ts";
import { serveLocally } from "../support/local-server.ts";

interface Step {
  readonly status: number;
  readonly retryAfter?: string;
}

interface Seen {
  readonly key: string | undefined;
  readonly body: string;
}

/** Answers the next requests by these steps, 0 by breaking the connection, and all others with 200. */
async function startMoody(...steps: Step[]) {
  const seen: Seen[] = [];
  const url = await serveLocally(async (request, response) => {
    const key = request.headers["idempotency-key"];
    seen.push({ key: Array.isArray(key) ? key[0] : key, body: (await buffer(request)).toString() });
    const { status, retryAfter } = steps.shift() ?? { status: 200 };
    if (status === 0) return response.destroy();
    response.writeHead(status, retryAfter === undefined ? {} : { "Retry-After": retryAfter }).end("{}");
  });
  return { url, seen };
}

const post = (url: string, path = "/v1/labels") => {
  const body = new FormData();
  body.append("image", new Blob(["photo"]), "a.jpg");
  return new Request(`${url}${path}`, { method: "POST", body });
};

describe("the typed client's fetch", () => {
  it("sends a write again with the same key and the same bytes, when the deployment says", async () => {
    const { url, seen } = await startMoody({ status: 503, retryAfter: "0" }, { status: 0 });
    expect((await createPatientFetch()(post(url))).status).toBe(200);
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map(({ key, body }) => `${key} ${body}`)).size).toBe(1);
    expect(seen[0]).toMatchObject({
      key: expect.stringMatching(/^[0-9a-f-]{36}$/),
      body: expect.stringContaining("photo"),
    });
  });

  it("leaves to the caller what would take too long, or does not pass", async () => {
    const soon = new Date(Date.now() - 1_000).toUTCString();
    const { url, seen } = await startMoody(
      { status: 429, retryAfter: "3600" },
      { status: 422 },
      { status: 503, retryAfter: soon },
    );
    const patient = createPatientFetch();
    expect((await patient(post(url))).status).toBe(429);
    expect((await patient(post(url))).status).toBe(422);
    expect((await patient(new Request(url))).status).toBe(200);
    expect(seen.map(({ key }) => key === undefined)).toEqual([false, false, true, true]);
  });

  it("gives up after so many attempts, and at once when the caller does", async () => {
    const busy = { status: 503, retryAfter: "0" };
    const { url, seen } = await startMoody(busy, busy, busy, busy, { status: 503, retryAfter: "15" });
    expect((await createPatientFetch({ maxAttempts: 2 })(post(url))).status).toBe(503);
    expect(seen).toHaveLength(2);
    const broken = await startMoody({ status: 0 }, { status: 0 });
    await expect(createPatientFetch({ maxAttempts: 2 })(post(broken.url))).rejects.toThrow("fetch failed");
    await expect(createPatientFetch()(new Request(url, { signal: AbortSignal.abort() }))).rejects.toThrow("aborted");
  });

  it("sends what makes a key's secret once, without the header that is refused there", async () => {
    const { url, seen } = await startMoody({ status: 503, retryAfter: "0" });
    expect((await createPatientFetch()(post(url, "/v1/admin/keys"))).status).toBe(503);
    expect(seen).toMatchObject([{ key: undefined }]);
  });
});
