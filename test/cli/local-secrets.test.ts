/** Local secrets are made once, kept, completed, and readable by their owner only. */
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { ensureLocalSecrets, parseDotenv } from "../../cli/dev/local-secrets.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

it("makes both secrets once and keeps them", async () => {
  const file = path.join(await makeTempFolder(), ".dev.vars");
  const first = await ensureLocalSecrets(file);
  expect(first.ADMIN_TOKEN).toMatch(/^[\w-]{43}$/);
  expect(first.RECEIPT_SECRET).not.toBe(first.ADMIN_TOKEN);
  expect(await ensureLocalSecrets(file)).toEqual(first);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("adds the one that is missing and leaves the other lines alone", async () => {
  const file = path.join(await makeTempFolder(), ".dev.vars");
  await writeFile(file, '# mine\nADMIN_TOKEN="chosen"\nOTHER=1', { mode: 0o644 });
  const { ADMIN_TOKEN, RECEIPT_SECRET } = await ensureLocalSecrets(file);
  expect(ADMIN_TOKEN).toBe("chosen");
  expect(await readFile(file, "utf8")).toBe(
    `# mine\nADMIN_TOKEN="chosen"\nOTHER=1\nRECEIPT_SECRET=${RECEIPT_SECRET}\n`,
  );
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("reads dotenv lines with quotes, spaces and export", () => {
  expect([...parseDotenv("A=1\n export B = 'two words' \n#C=3\nA=4\nD=")]).toEqual([
    ["A", "4"],
    ["B", "two words"],
    ["D", ""],
  ]);
});
