import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import worker from "../../src/index.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

async function fireCron(): Promise<void> {
  const context = createExecutionContext();
  await worker.scheduled(createScheduledController({ cron: "*/5 * * * *" }), env);
  await waitOnExecutionContext(context);
}

describe("the scheduled handler", () => {
  beforeAll(resetDatabase);

  it("does nothing, and logs nothing, on an empty deployment", async () => {
    const log = vi.spyOn(console, "log").mockReturnValue();
    await fireCron();
    expect(log).not.toHaveBeenCalled();
    expect((await sendAsAdmin("/v1/admin/training-runs")).body).toEqual({ runs: [], next: null });
  });

  it("publishes a head once there is something to learn, with one log line and one record", async () => {
    const log = vi.spyOn(console, "log").mockReturnValue();
    log.mockClear();
    for (const kind of ["pepperoni", "hawaiian"]) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind }));
      const photos = { "1.png": makePhoto(kind, 1), "2.png": makePhoto(kind, 2) };
      await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, multipart(photos));
    }
    log.mockClear(); // -- each of those requests had its line
    await fireCron();
    await fireCron();
    expect(log).toHaveBeenCalledTimes(1);
    const line: unknown = JSON.parse(String(log.mock.calls[0]));
    expect(line).toMatchObject({ event: "training_run", outcome: "published", absorbed: 4, headVersion: 1 });
    const { body } = await sendAsAdmin("/v1/admin/training-runs");
    expect(body.runs).toMatchObject([{ trigger: "cron", outcome: "published", absorbed: 4, headVersion: 1 }]);
  });
});
