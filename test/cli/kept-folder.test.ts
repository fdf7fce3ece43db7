/** Folders that are made once for each state of what they are made from. */
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { keepFolder } from "../../cli/dev/kept-folder.ts";
import { replaceFolder } from "../../cli/shared/replace.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

/** Fills a folder with one file that says `text`. */
const write = (text: string) => (draft: string) => writeFile(path.join(draft, "text"), text);

const unwanted = () => Promise.reject(new Error("it is there already"));

it("is made when it is asked for first, and found from then on", async () => {
  const parent = path.join(await makeTempFolder(), "kept");
  const made = await keepFolder(parent, "a", write("one"));
  expect(made).toEqual({ folder: path.join(parent, "a"), isNew: true });
  expect(await keepFolder(parent, "a", unwanted)).toEqual({ ...made, isNew: false });
  expect(await readFile(path.join(made.folder, "text"), "utf8")).toBe("one");
});

it("is whole for everybody who asks for it at the same time", async () => {
  const parent = await makeTempFolder();
  const all = await Promise.all(["one", "one", "one"].map((text) => keepFolder(parent, "a", write(text))));
  for (const { folder } of all) expect(await readFile(path.join(folder, "text"), "utf8")).toBe("one");
  expect(await readdir(parent)).toEqual(["a"]);
});

it("is not there when it could not be made", async () => {
  const parent = await makeTempFolder();
  await expect(keepFolder(parent, "a", unwanted)).rejects.toThrow("it is there already");
  expect(await readdir(parent)).toEqual([]);
});

it("goes when six others have been used since", async () => {
  const parent = await makeTempFolder();
  for (const [hour, key] of ["a", "b", "c", "d", "e", "f"].entries()) {
    const { folder } = await keepFolder(parent, key, write(key));
    await utimes(folder, hour * 3_600, hour * 3_600);
  }
  await keepFolder(parent, "a", unwanted);
  await keepFolder(parent, "g", write("g"));
  expect((await readdir(parent)).sort()).toEqual(["a", "c", "d", "e", "f", "g"]);
});

it("takes the drafts along that killed processes left a day ago, and none that may be under way", async () => {
  const parent = await makeTempFolder();
  const [old, young, other] = ["a.0123456789ab.draft", "a.ba9876543210.draft", "notes.draft"];
  for (const name of [old, young, other]) await mkdir(path.join(parent, name, "inside"), { recursive: true });
  const yesterday = Date.now() / 1_000 - 25 * 3_600;
  for (const name of [old, other]) await utimes(path.join(parent, name), yesterday, yesterday);
  await keepFolder(parent, "b", write("b"));
  expect((await readdir(parent)).sort()).toEqual([young, "b", other]);
  await mkdir(path.join(parent, old));
  await utimes(path.join(parent, old), yesterday, yesterday);
  await replaceFolder(path.join(parent, "c"), write("c"));
  expect((await readdir(parent)).sort()).toEqual([young, "b", "c", other]);
});
