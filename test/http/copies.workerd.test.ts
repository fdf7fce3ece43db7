/** The same pictures under two items: staff see both labels together, and one decision settles each picture. */
import { beforeAll, describe, expect, it } from "vitest";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

interface Suspect {
  readonly photo: string;
  readonly given: string;
  readonly suggested: string;
  readonly copies: readonly { readonly photo: string; readonly label: string }[];
}

const SEEDS = [0, 1, 2, 3];

/** Photos of one kind; with `mark` other files of the same pictures. */
async function teach(item: string, kind: string, mark = ""): Promise<void> {
  await sendAsAdmin("/v1/admin/classes", json({ name: item, id: item }));
  const files = SEEDS.map((seed) => [
    `${seed}.png`,
    new Uint8Array([...makePhoto(kind, seed), ...new TextEncoder().encode(mark)]),
  ]);
  await sendAsAdmin(`/v1/admin/classes/${item}/examples`, multipart(Object.fromEntries(files)));
}

async function listSuspects(): Promise<readonly Suspect[]> {
  return (await sendAsAdmin("/v1/admin/suspects")).body.suspects as readonly Suspect[];
}

async function listLabels(item: string) {
  const { body } = await sendAsAdmin(`/v1/admin/examples?class=${item}`);
  return body.examples as readonly { readonly photo: string; readonly confirmedAt: string | null }[];
}

const settle = ({ photo, copies }: Suspect, label: string) =>
  sendAsAdmin(`/v1/admin/examples/${photo}`, json({ label, copies: copies.map((copy) => copy.photo) }, "PATCH"));

describe("the same pictures under two items", () => {
  beforeAll(async () => {
    await resetDatabase();
    await teach("soup", "pepperoni");
    await teach("twin", "pepperoni", "saved again");
    await teach("steak", "hawaiian");
    await sendAsAdmin("/v1/admin/training-runs", json({}));
  });

  it("are doubted in pairs that name both labels", async () => {
    const suspects = await listSuspects();
    expect(suspects).toHaveLength(2 * SEEDS.length);
    for (const { photo, given, copies } of suspects) {
      const other = given === "soup" ? "twin" : "soup";
      expect(copies.map(({ label }) => label)).toContain(other);
      const twins = suspects.filter((each) => copies.some((copy) => copy.photo === each.photo));
      expect(twins.every((twin) => twin.copies.some((copy) => copy.photo === photo))).toBe(true);
    }
  });

  it("are settled by one decision, for good", async () => {
    const [suspect] = await listSuspects();
    const pair = [suspect.photo, ...suspect.copies.map(({ photo }) => photo)];
    expect(await settle(suspect, "Twin")).toMatchObject({ status: 200, body: { photo: suspect.photo, label: "twin" } });
    const settled = (await listLabels("twin")).filter(({ photo }) => pair.includes(photo));
    expect(settled.map(({ confirmedAt }) => confirmedAt)).toEqual(pair.map(() => expect.any(String)));
    const left = await listSuspects();
    expect(left.filter(({ photo }) => pair.includes(photo))).toEqual([]);
    const log = (await sendAsAdmin("/v1/admin/audit-log?limit=1")).body.entries;
    expect(log).toMatchObject([{ action: "example.relabel", detail: { to: "twin", photos: pair.length } }]);
  });

  it("stay as they are where the label is none or nothing of them is stored", async () => {
    const before = await listSuspects();
    const [suspect] = before;
    expect(await settle(suspect, "nothing")).toMatchObject({ status: 422, body: { code: "unknown_class" } });
    const unknown = { ...suspect, photo: "0".repeat(64), copies: [] };
    expect(await settle(unknown, "soup")).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await listSuspects()).toEqual(before);
  });

  it("keep their word when a later training looks again", async () => {
    for (let left = await listSuspects(); left.length > 0; left = await listSuspects()) await settle(left[0], "soup");
    await sendAsAdmin("/v1/admin/training-runs", json({}));
    expect(await listSuspects()).toEqual([]);
  });
});
