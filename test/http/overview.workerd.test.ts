import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const HOUR_MS = 3_600_000;

/** SHA-256 of a file that is restored. */
const FILE = "a".repeat(64);

async function readTraining(): Promise<unknown> {
  return (await sendAsAdmin("/v1/admin/overview")).body.training;
}

async function holdFor(ms: number, restores: string | null): Promise<void> {
  await env.DB.prepare("UPDATE training_lease SET expires_at = ?, restores = ?")
    .bind(Date.now() + ms, restores)
    .run();
}

describe("the overview's word on training", () => {
  beforeEach(resetDatabase);

  it("has the last run that did something, as the list has it", async () => {
    expect(await readTraining()).toEqual({ atWork: null, last: null });
    for (const kind of ["pepperoni", "hawaiian"]) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind, id: kind }));
      const photos = { "1.png": makePhoto(kind, 1), "2.png": makePhoto(kind, 2) };
      await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, multipart(photos));
    }
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const { body } = await sendAsAdmin("/v1/admin/training-runs");
    expect(await readTraining()).toEqual({ atWork: null, last: (body.runs as unknown[])[0] });
    expect(await readTraining()).toMatchObject({ last: { outcome: "published", absorbed: 4, trigger: "admin" } });
  });

  it.each([
    [0.01 * HOUR_MS, null, "run"],
    [12 * HOUR_MS, FILE, "restore"],
    [0.01 * HOUR_MS, FILE, "restore"],
    [-1, null, null],
    [-1, FILE, null],
  ])("says what holds the labels for another %i ms, restoring %s: %s", async (ms, restores, atWork) => {
    await holdFor(ms, restores);
    expect(await readTraining()).toMatchObject({ atWork });
  });
});
