/** What an import can learn before it sends anything: labels as people have them now, and what they want to stay forgotten. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/shared/time.ts";
import { openDatabase } from "../../src/store/database.ts";
import { cutBack, RETENTION_DAYS } from "../../src/store/retention.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const PHOTOS = [1, 2, 3].map((seed) => makePhoto("pepperoni", seed, 32, 0));
let ids: string[];

async function teach(item: string, photos = PHOTOS) {
  const files = Object.fromEntries(photos.map((photo, i) => [`${i}.png`, photo]));
  const { body } = await sendAsAdmin(`/v1/admin/classes/${item}/examples?source=import`, multipart(files));
  return (body.results as { photo: string }[]).map(({ photo }) => photo);
}

async function askKnown() {
  const { body } = await sendAsAdmin("/v1/admin/examples/known", json({ photos: ids }));
  const known = body.known as { photo: string; label: string }[];
  return { labels: ids.map((id) => known.find(({ photo }) => photo === id)?.label), forgotten: body.forgotten };
}

beforeEach(async () => {
  await resetDatabase();
  await sendAsAdmin("/v1/admin/classes", json({ name: "Soup" }));
  await sendAsAdmin("/v1/admin/classes", json({ name: "Steak" }));
  ids = await teach("soup");
});

describe("photos that are known", () => {
  it("are told with the label that people have given them, or as forgotten", async () => {
    await sendAsAdmin(`/v1/admin/examples/${ids[0]}`, json({ label: "steak" }, "PATCH"));
    await sendAsAdmin(`/v1/admin/examples/${ids[1]}`, { method: "DELETE" });
    expect(await askKnown()).toEqual({ labels: ["steak", undefined, "soup"], forgotten: [ids[1]] });
  });

  it("stay forgotten with their item, and when the training has given them back", async () => {
    await sendAsAdmin("/v1/admin/classes/soup", { method: "DELETE" });
    await env.DB.prepare("DELETE FROM examples").run();
    expect(await askKnown()).toEqual({ labels: [undefined, undefined, undefined], forgotten: ids.toSorted() });
  });

  it("are no longer forgotten once somebody labels them again", async () => {
    await sendAsAdmin(`/v1/admin/examples/${ids[0]}`, { method: "DELETE" });
    await sendAsAdmin("/v1/admin/classes/steak/examples", rawPhoto(PHOTOS[0]));
    expect(await askKnown()).toEqual({ labels: ["steak", "soup", "soup"], forgotten: [] });
  });

  it("leave no hash when their contributor is forgotten, and none after two years", async () => {
    await sendAsAdmin(`/v1/admin/examples/${ids[0]}`, { method: "DELETE" });
    await sendAsAdmin("/v1/admin/contributors/staff", { method: "DELETE" });
    expect((await askKnown()).forgotten).toEqual([ids[0]]);
    const later = Date.now() + (RETENTION_DAYS.forgottenSample + 1) * DAY_MS;
    expect(await cutBack(openDatabase(env.DB), 3, later)).toMatchObject({ forgottenSamples: 1 });
    expect((await askKnown()).forgotten).toEqual([]);
  });
});
