import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import operations from "../../docs/operations.md?raw";
import { sendAsAdmin } from "../support/worker-client.ts";

interface Limits {
  readonly limits: readonly { readonly name: string; readonly value: number; readonly unit: string }[];
}

async function readLimits(bindings: Env = env): Promise<Limits["limits"]> {
  const { status, body } = await sendAsAdmin("/v1/admin/limits", {}, bindings);
  expect(status).toBe(200);
  return (body as unknown as Limits).limits;
}

describe("the list of limits", () => {
  it("is the table in docs/operations.md, name by name and value by value", async () => {
    const table = operations.slice(operations.indexOf("## Limits"));
    const rows = [...table.matchAll(/^\| `(\w+)` \| ([\d,]+) (\w+) \|/gm)].map(([, name, value, unit]) => ({
      name,
      value: Number(value.replaceAll(",", "")),
      unit,
    }));
    const listed = (await readLimits()).map(({ name, value, unit }) => ({ name, value, unit }));
    expect(rows).toEqual(listed);
  });

  it("says what the variables say", async () => {
    const limits = await readLimits({ ...env, MAX_IMAGE_BYTES: "2048", DAILY_QUOTA_KEY: "7" });
    expect(limits).toContainEqual(expect.objectContaining({ name: "imageBytes", value: 2_048 }));
    expect(limits).toContainEqual(expect.objectContaining({ name: "keyQuota", value: 7 }));
  });
});
