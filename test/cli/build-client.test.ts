/** The scripts of `@headstart/client`, without their types: whose work is in them, and what is not. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildClient } from "../../cli/build-client.ts";

/** The comment that the bundler leaves before what it took from a package: its path. */
const TAKEN = /^\s*\/\/ \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)(\/\S+)$/gm;
const SEPARATOR = `\n${"-".repeat(72)}\n\n`;
/** The shortest licence of permission, ISC, has 700. */
const LEAST_LICENCE_CHARACTERS = 600;

describe("the client's scripts", () => {
  let parent: string;
  let taken: readonly { readonly name: string; readonly file: string }[];
  let licences: readonly string[];

  beforeAll(async () => {
    parent = await mkdtemp(path.join(tmpdir(), "headstart-test-"));
    const folder = path.join(parent, "dist");
    await buildClient(folder);
    const scripts = (await readdir(folder)).filter((name) => name.endsWith(".js"));
    const texts = await Promise.all(scripts.map((name) => readFile(path.join(folder, name), "utf8")));
    taken = texts.flatMap((text) => [...text.matchAll(TAKEN)].map(([, name, file]) => ({ name, file })));
    licences = (await readFile(path.join(folder, "THIRD-PARTY.txt"), "utf8")).split(SEPARATOR);
  });

  afterAll(() => rm(parent, { recursive: true, force: true }));

  it("come with the version and the text of the licence of every package that is in them", () => {
    const names = [...new Set(taken.map(({ name }) => name))];
    expect(names).toEqual(expect.arrayContaining(["@jsquash/webp", "jpeg-js", "onnxruntime-web", "zod"]));
    for (const name of names) {
      const of = licences.filter((part) => part.startsWith(`${name} `));
      expect(of, name).toHaveLength(1);
      expect(of[0]).toMatch(/^\S+ \d+\.\d+\.\d+[^:\n]*: \S/);
      expect(of[0].length, name).toBeGreaterThan(LEAST_LICENCE_CHARACTERS);
      expect(of[0], name).toMatch(/copyright/i);
    }
    expect(licences.at(-1)).toContain("based in part on the work of the Independent JPEG Group");
  });

  it("hold the words of zod in English and in no other language", () => {
    const locales = taken.flatMap(({ name, file }) => (name === "zod" && file.includes("/locales/") ? [file] : []));
    expect(locales.map((file) => path.basename(file))).toEqual(["en.js"]);
  });
});
