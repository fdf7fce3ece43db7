/** What happens while something else happens: answers while the menu changes, an export while a run is at work. */
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DatabaseState, readDatabase, restoreDatabase } from "../support/database-state.ts";
import { type Asked, ask, askAboutSmallMenu, teachItem } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { exportAll, importLines, train } from "../support/transfer-deployment.ts";
import { type Answer, json, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const PINNED = "/v1/classify?head=1";
let start: DatabaseState;

beforeAll(async () => {
  await askAboutSmallMenu();
  await teachItem("mushroom", 6);
  await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  start = await readDatabase();
});

/** Each test has isolates of its own: what they remember of the menu is not what another test made of it. */
let bindings: Env;

beforeEach(async () => {
  await restoreDatabase(start);
  bindings = { ...env };
});

const classify = (path: string, seed: number) => send(path, rawPhoto(makePhoto("pepperoni", seed, 64)), bindings);
const predictionsOf = ({ body }: Answer) => body.predictions as Asked["predictions"];

/** An answer's names by label; throws unless its scores and `none` add up to 1. */
function readNames(answer: Answer): Record<string, string> {
  expect(answer.status).toBe(200);
  const sum = predictionsOf(answer).reduce((total, { score }) => total + score, Number(answer.body.none));
  expect(sum).toBeCloseTo(1, 5);
  return Object.fromEntries(predictionsOf(answer).map(({ label, name }) => [label, name]));
}

describe("an answer of an older head", () => {
  it("is given under today's menu: renamed, merged, archived and deleted items as they are now", async () => {
    expect(Object.keys(readNames(await classify(PINNED, 400))).toSorted()).toEqual([
      "hawaiian",
      "margherita",
      "pepperoni",
    ]);
    await sendAsAdmin("/v1/admin/classes/pepperoni", json({ name: "Salami" }, "PATCH"), bindings);
    await sendAsAdmin("/v1/admin/classes/hawaiian/merge", json({ into: "mushroom" }), bindings);
    const afterMerge = readNames(
      await send(`${PINNED}&top_k=9`, rawPhoto(makePhoto("pepperoni", 401, 64)), { ...env }),
    );
    expect(afterMerge).toEqual({ pepperoni: "Salami", margherita: "margherita" });
    await sendAsAdmin("/v1/admin/classes/margherita", json({ archived: true }, "PATCH"), bindings);
    const one = await send(PINNED, rawPhoto(makePhoto("pepperoni", 402, 64)), { ...env });
    expect(readNames(one)).toEqual({ pepperoni: "Salami" });
    await sendAsAdmin("/v1/admin/classes/pepperoni", { method: "DELETE" }, bindings);
    const none = await send(PINNED, rawPhoto(makePhoto("pepperoni", 403, 64)), { ...env });
    expect(readNames(none)).toEqual({});
    expect(none.body).toMatchObject({ none: 1, unknown: true });
  });

  it("is whole, and one menu's or the other's, while the menu changes under it", async () => {
    const changes = [
      () => sendAsAdmin("/v1/admin/classes/pepperoni", json({ name: "Salami" }, "PATCH")),
      () => sendAsAdmin("/v1/admin/classes/hawaiian/merge", json({ into: "margherita" })),
      () => sendAsAdmin("/v1/admin/classes/mushroom", json({ archived: true }, "PATCH")),
    ];
    const asking = Array.from({ length: 12 }, (_, i) =>
      send(PINNED, rawPhoto(makePhoto("pepperoni", 410 + i, 64)), { ...env }),
    );
    const changed = await Promise.all(changes.map((change) => change()));
    expect(changed.map(({ status }) => status)).toEqual([200, 204, 200]);
    for (const answer of await Promise.all(asking)) {
      const { pepperoni, margherita, ...rest } = readNames(answer);
      expect(["pepperoni", "Salami"]).toContain(pepperoni);
      expect(margherita).toBe("margherita");
      expect([{}, { hawaiian: "hawaiian" }]).toContainEqual(rest);
    }
  });
});

describe("going back", () => {
  it("across a deleted item answers without it, and not with the item that has its name since", async () => {
    await sendAsAdmin("/v1/admin/classes/hawaiian", { method: "DELETE" }, bindings);
    await teachItem("hawaiian", 4);
    const back = await sendAsAdmin("/v1/admin/heads/1/activate", { method: "POST" }, bindings);
    expect(back.status).toBe(200);
    const answer = await send("/v1/classify", rawPhoto(makePhoto("hawaiian", 420, 64)), { ...env });
    expect(answer.body.headVersion).toBe(1);
    expect(Object.keys(readNames(answer)).toSorted()).toEqual(["margherita", "pepperoni"]);
    // The next run knows the new one; what was deleted weighs nothing in it.
    await sendAsAdmin("/v1/admin/training-runs", json({}), bindings);
    const overview = (await sendAsAdmin("/v1/admin/classes")).body.classes as { id: string; examples: number }[];
    expect(overview.find(({ id }) => id === "hawaiian")?.examples).toBe(4);
  });
});

describe("an export", () => {
  it("made while a run is at work and labels come in restores, and the restored deployment trains", async () => {
    await teachItem("four_cheese", 6);
    const [, file, ...labels] = await Promise.all([
      sendAsAdmin("/v1/admin/training-runs", { method: "POST" }),
      exportAll(),
      ...[430, 431, 432].map((seed) =>
        sendAsAdmin("/v1/admin/classes/four_cheese/examples", rawPhoto(makePhoto("four_cheese", seed, 64))),
      ),
    ]);
    expect(labels.map(({ status }) => status)).toEqual([201, 201, 201]);
    await resetDatabase();
    const restored = await importLines(file.trimEnd().split("\n"));
    expect(restored).toMatchObject({ status: 200, body: { done: true, counts: { refused: 0, leftOut: 0 } } });
    // The first run makes the statistics again; what it leaves is the second one's.
    const runs = [await train(), await train()];
    expect(runs.map(({ body }) => body)).toMatchObject([
      { outcome: "published" },
      { outcome: "published", remaining: 0 },
    ]);
    const { predictions } = await ask("four_cheese", 440, { ...env }, 64);
    expect(predictions.map(({ label }) => label)).toContain("four_cheese");
  });
});
