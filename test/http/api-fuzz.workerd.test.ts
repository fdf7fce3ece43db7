import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { type Paths, requestArbitrary } from "../support/api-requests.ts";
import { readDatabase } from "../support/database-state.ts";
import { document } from "../support/declared-answers.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { makeKey, sendWith } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const TIMEOUT_MS = 3_600_000;
const observed = observeD1(env.DB);
/** Open, and without daily quotas: what is refused is refused for what it is. */
const open = {
  ...env,
  DB: observed.db,
  PUBLIC_CLASSIFY: "true",
  PUBLIC_CORRECTIONS: "true",
  DAILY_QUOTA_GUEST: "0",
  DAILY_QUOTA_KEY: "0",
};
const secrets: (string | null)[] = [null, "hs_wrong"];
const words = ["pepperoni", "hawaiian", "margherita", "staff"];

beforeAll(async () => {
  await resetDatabase();
  for (const name of ["Pepperoni", "Hawaiian", "Margherita"]) await sendAsAdmin("/v1/admin/classes", json({ name }));
  for (const kind of ["pepperoni", "hawaiian"]) {
    for (const seed of [2, 3]) {
      const added = await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, rawPhoto(makePhoto(kind, seed)));
      const photos = JSON.stringify(added.body).matchAll(/"photo":"(\w+)"/g);
      words.push(...Array.from(photos, ([, photo]) => photo));
    }
  }
  await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  const waiting = await send(
    "/v1/labels",
    multipart({ "a.png": makePhoto("hawaiian", 9) }, { label: "margherita" }),
    open,
  );
  words.push(String(waiting.body.photo));
  for (const role of ["classify", "label", "review"] as const) secrets.push((await makeKey(role)).secret);
  secrets.push(env.ADMIN_TOKEN, (await makeKey("admin")).secret);
});

/** All rows but those that note that somebody was here, sums of earlier answers, and a refusal kept for whoever sends the same again. */
async function readState(): Promise<string> {
  const { api_keys: keys, ...all } = await readDatabase();
  const { daily_usage: _usage, answer_days: _answers, repeatable_answers: _refusals, ...rest } = all;
  return JSON.stringify([rest, keys.map(({ last_used_at: _lastUse, ...key }) => key)]);
}

it(
  `${env.FUZZ_REQUESTS} requests made from the document meet no 5xx, no undeclared answer and no write of a refused one`,
  async () => {
    // The document is JSON made by us; what the requests are made of has no references.
    const paths: Paths = JSON.parse(JSON.stringify(document.paths));
    const statuses = new Map<number, number>();
    const reached = new Set<string>();
    let state = "";
    const attempt = fc.tuple(requestArbitrary(paths, words), fc.constantFrom(...secrets));
    const property = fc.asyncProperty(attempt, async ([{ operation, path, init }, secret]) => {
      if (state === "") state = await readState();
      const written = observed.counts.rowsWritten;
      const answer = secret === null ? await send(path, init, open) : await sendWith(secret, path, init, open);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      reached.add(operation);
      expect(answer.status, `${operation} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
      if (answer.status < 400) state = "";
      // Where D1 says that it wrote no row, none needs to be read: that costs as much as several requests.
      else if (observed.counts.rowsWritten > written)
        expect((await readState()) === state, `${operation} was refused with ${answer.status} and wrote`).toBe(true);
    });
    await fc.assert(property, { numRuns: Number(env.FUZZ_REQUESTS), seed: Number(env.FUZZ_SEED), endOnFailure: true });
    console.log(`answers by status: ${JSON.stringify(Object.fromEntries([...statuses].toSorted()))}`);
    expect(reached.size).toBe(Object.values(paths).flatMap((item) => Object.keys(item)).length);
    expect(statuses.get(200)).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
