/** The order of the folders: wrong arrows are planted in a project with the committed rules, and Biome has to refuse them. */
import { execFile } from "node:child_process";
import { copyFile, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { describeLayers, findHomonyms } from "../tools/layers/layers.ts";
import { makeTempFolder, writeFiles } from "./support/temp-folder.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const BIOME = path.join(ROOT, "node_modules/@biomejs/biome/bin/biome");

/** A file and what it imports. */
const WRONG = [
  ["src/shared/a.ts", "../head/embedding.ts"],
  ["src/head/a.ts", "../store/labels/labels.ts"],
  ["src/head/a.ts", "zod"],
  ["src/image/a.ts", "../backbone/loader.ts"],
  ["src/text/a.ts", "../image/photo.ts"],
  ["src/backbone/a.ts", "../training/run.ts"],
  ["src/store/a.ts", "../backbone/loader.ts"],
  ["src/teacher/a.ts", "../store/labels/labels.ts"],
  ["src/training/a.ts", "../teacher/teacher.ts"],
  ["src/store/a.ts", "hono"],
  ["src/training/a.ts", "../services.ts"],
  ["src/training/a.ts", "drizzle-orm/d1"],
  ["src/jobs/a.ts", "../http/app.ts"],
  ["src/http/a.ts", "../jobs/train.ts"],
  ["src/http/modality/a.ts", "@jsquash/png/decode"],
  ["src/web/a.tsx", "../http/app.ts"],
  ["src/web/client/on-device.ts", "../../store/labels/labels.ts"],
] as const;
const RIGHT = [
  ["src/head/b.ts", "../shared/result.ts"],
  ["src/image/b.ts", "jpeg-js"],
  ["src/backbone/b.ts", "../text/read-text.ts"],
  ["src/store/b.ts", "drizzle-orm/d1"],
  ["src/training/b.ts", "../store/labels/labels.ts"],
  ["src/teacher/b.ts", "../shared/result.ts"],
  ["src/jobs/b.ts", "../services.ts"],
  ["src/http/b.ts", "../web/guests/form-page.tsx"],
  ["src/web/client/on-device-ort.ts", "../../backbone/session.ts"],
  ["src/web/client/on-device-text.ts", "../../text/tokeniser.ts"],
] as const;

const ARROWS: readonly (readonly [file: string, target: string])[] = [...WRONG, ...RIGHT];

it("refuses wrong arrows, each where it stands, and no other", async () => {
  const folder = await makeTempFolder();
  for (const file of ["biome.json", "biome.layers.json"]) {
    await copyFile(path.join(ROOT, file), path.join(folder, file));
  }
  const files = new Map<string, string[]>();
  for (const [file, target] of ARROWS) files.set(file, [...(files.get(file) ?? []), target]);
  const write = (targets: readonly string[]) => targets.map((target) => `export * from "${target}";\n`).join("");
  await writeFiles(folder, Object.fromEntries([...files].map(([file, targets]) => [file, write(targets)])));
  const args = [
    "--vcs-enabled=false",
    "--only=style/noRestrictedImports",
    "--reporter=github",
    "--max-diagnostics=none",
  ];
  const refused = [...(await lint(folder, args)).matchAll(/file=([^,]+),line=(\d+).*must not depend on this/g)];
  const found = refused.map(([, named, line]) => {
    const file = path.relative(folder, path.resolve(folder, named));
    return [file, files.get(file)?.[Number(line) - 1]];
  });
  expect(found.sort()).toEqual([...WRONG].map((arrow) => [...arrow]).sort());
});

it("has the rules that the table says; `npm run fix` writes them", async () => {
  const committed = JSON.parse(await readFile(path.join(ROOT, "biome.layers.json"), "utf8"));
  expect(committed).toEqual(describeLayers());
});

it("has no folder that is called like a place and is none", async () => {
  const found = await readdir(path.join(ROOT, "src"), { recursive: true, withFileTypes: true });
  const folders = found.filter((one) => one.isDirectory()).map((one) => path.join(one.parentPath, one.name));
  expect(findHomonyms(folders.map((folder) => path.relative(path.join(ROOT, "src"), folder)))).toEqual([]);
  expect(findHomonyms(["store", "web/text", "http/labels", "web/client/head"])).toEqual([
    "web/text",
    "web/client/head",
  ]);
});

/** What Biome says; it ends with 1 where it refuses. */
function lint(cwd: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [BIOME, "lint", ...args], { cwd }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}
