import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { observeD1 } from "../support/failing-d1.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const OPEN = { SHOW_EVIDENCE: "true" };
const MENU = { pepperoni: 4, hawaiian: 6 };
const MORE = 3;

describe("what speaks for an answer", () => {
  const show = async (kind: string, seeds: readonly number[]) => {
    const photos = Object.fromEntries(seeds.map((seed) => [`${seed}.png`, makePhoto(kind, seed)]));
    expect((await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, multipart(photos))).status).toBe(200);
  };
  const train = async () =>
    expect((await sendAsAdmin("/v1/admin/training-runs", json({}))).body.outcome).toBe("published");

  beforeAll(async () => {
    await resetDatabase();
    for (const [kind, photos] of Object.entries(MENU)) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind, id: kind }));
      await show(kind, [...Array(photos).keys()]);
    }
    await train();
  });

  const ask = (vars: object, path = "/v1/classify") =>
    send(path, rawPhoto(makePhoto("pepperoni", 99)), { ...env, ...vars });
  const countsOf = ({ body }: { body: Record<string, unknown> }) =>
    Object.fromEntries((body.predictions as { label: string; examples?: number }[]).map((p) => [p.label, p.examples]));

  it("is the photos that the live head learnt each item from", async () => {
    expect(countsOf(await ask(OPEN))).toEqual(MENU);
  });

  it.each([[{ SHOW_EVIDENCE: "false" }], [{ SHOW_EVIDENCE: undefined }]])("is told to nobody with %j", async (vars) => {
    for (const prediction of (await ask(vars)).body.predictions as object[]) {
      expect(Object.keys(prediction)).toEqual(["label", "name", "score"]);
    }
  });

  it("names the variable that cannot be understood", async () => {
    const answer = await ask({ SHOW_EVIDENCE: "yes" });
    expect(answer).toMatchObject({ status: 500, body: { code: "misconfigured" } });
    expect(answer.body.detail).toContain("SHOW_EVIDENCE");
  });

  it("costs no query: four in a fresh isolate as without it, none while the head is cached", async () => {
    const measure = async (vars: object) => {
      const observed = observeD1(env.DB);
      const bindings = { ...env, ...vars, DB: observed.db };
      await send("/v1/classify", rawPhoto(makePhoto("pepperoni", 99)), bindings);
      const fresh = { ...observed.counts };
      await send("/v1/classify", rawPhoto(makePhoto("pepperoni", 98)), bindings);
      return { fresh, cached: observed.counts };
    };
    const shown = await measure(OPEN);
    expect(shown).toEqual(await measure({ SHOW_EVIDENCE: "false" }));
    expect(shown.fresh.queries).toBe(4);
    expect(shown.cached).toEqual(shown.fresh);
  });

  it("is said in words on the page without script", async () => {
    const form = multipart({ "a.png": makePhoto("pepperoni", 99) });
    const page = (language: string, vars: object) =>
      send(
        "/",
        { ...form, headers: { "sec-fetch-site": "same-origin", "accept-language": language } },
        { ...env, ...vars },
      );
    expect((await page("en", OPEN)).body.text).toContain("learnt from 4 photos");
    expect((await page("ru", OPEN)).body.text).toContain("выучено по 6 фотографиям");
    expect((await page("en", {})).body.text).not.toContain("learnt from");
  });

  it("is each head's own: of an older version that is asked for, and after going back to it", async () => {
    await show(
      "pepperoni",
      Array.from({ length: MORE }, (_, i) => MENU.pepperoni + i),
    );
    await train();
    const grown = { ...MENU, pepperoni: MENU.pepperoni + MORE };
    expect(countsOf(await ask(OPEN))).toEqual(grown);
    expect(countsOf(await ask(OPEN, "/v1/classify?head=1"))).toEqual(MENU);
    await sendAsAdmin("/v1/admin/heads/1/activate", json({}));
    expect(countsOf(await ask(OPEN))).toEqual(MENU);
  });

  it("is left out where the head was made before it was counted", async () => {
    await env.DB.prepare("UPDATE heads SET class_counts = NULL").run();
    expect(countsOf(await ask(OPEN))).toEqual({ pepperoni: undefined, hawaiian: undefined });
  });
});
