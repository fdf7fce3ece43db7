/** What is kept by a key of its sources, while somebody saves these. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { keepFolder } from "../../cli/dev/kept-folder.ts";
import { makeFromSettled } from "../../cli/dev/settled-sources.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

it("is kept under the key of the sources that it was made from, though they were saved meanwhile", async () => {
  const parent = await makeTempFolder();
  let source = "a";
  const built = await makeFromSettled(
    async () => source,
    (key, confirm) =>
      keepFolder(parent, key, async (draft) => {
        source = "b";
        await writeFile(path.join(draft, "text"), source);
        await confirm();
      }),
  );
  expect(built).toEqual({ folder: path.join(parent, "b"), isNew: true });
  expect(await readdir(parent)).toEqual(["b"]);
  expect(await readFile(path.join(parent, "b/text"), "utf8")).toBe("b");
});

it("is not made where the sources never stay the same, and what fails otherwise fails at once", async () => {
  let states = 0;
  let made = 0;
  const makeOnce = (_key: string, confirm: () => Promise<void>) => {
    made++;
    return confirm();
  };
  await expect(makeFromSettled(async () => String(states++), makeOnce)).rejects.toThrow(
    "The sources changed each time",
  );
  expect(made).toBe(4);
  let failed = 0;
  const fail = async () => {
    failed++;
    throw new Error("no room");
  };
  await expect(makeFromSettled(async () => "same", fail)).rejects.toThrow("no room");
  expect(failed).toBe(1);
});
