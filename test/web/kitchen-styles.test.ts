/** That what the script of a place makes has its styles there: no style sheet knows which other one a class has moved to. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { PLACES } from "../../src/web/kitchen/kitchen-places.ts";

const CLIENT = path.resolve("src/web/client");
/** Those of every place; the last one only where the deployment reads texts, which makes what it styles. */
const ALWAYS = ["style", "controls", "admin", "admin-tools", "admin-texts"];

const read = (file: string) => readFile(path.join(CLIENT, file), "utf8");

function findAll(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found]) => found);
}

/** The text of a script and of all that it imports, now or later, by file. */
async function readScript(file: string, known = new Map<string, string>()): Promise<Map<string, string>> {
  if (known.has(file)) return known;
  const text = await read(file);
  known.set(file, text);
  for (const imported of findAll(text, /(?:from |import\()"\.\/([\w-]+\.tsx?)"/g)) await readScript(imported, known);
  return known;
}

/** Style sheets by name. */
async function readSheets(): Promise<Map<string, string>> {
  const files = (await readdir(CLIENT)).filter((file) => file.endsWith(".css"));
  return new Map(await Promise.all(files.map(async (file) => [file.replace(".css", ""), await read(file)] as const)));
}

/** Names of classes by style sheet. */
async function readClasses(): Promise<Map<string, Set<string>>> {
  const named = [...(await readSheets())].map(
    ([name, text]) => [name, new Set(findAll(text, /\.([a-z][\w-]*)/g))] as const,
  );
  return new Map(named);
}

it.each(Object.entries(PLACES))("styles in %s every class that some sheet styles", async (_, { script, styles }) => {
  const sheets = await readClasses();
  const parts = await readScript(`${script}.ts`);
  const texts = [...parts.values()];
  const loaded = [...ALWAYS, ...styles, ...texts.flatMap((text) => findAll(text, /loadStyle\("([\w-]+)"/g))];
  const classes = texts
    .flatMap((text) => findAll(text, /class(?:: |=\{?)["`]([^"`]+)["`]/g))
    .flatMap((names) => names.split(/[ $]/));
  expect(classes.length).toBeGreaterThan(20);
  const lost = [...new Set(classes)].filter((name) => {
    const styledBy = [...sheets].filter(([, known]) => known.has(name)).map(([sheet]) => sheet);
    return styledBy.length > 0 && !styledBy.some((sheet) => loaded.includes(sheet));
  });
  expect(lost).toEqual([]);
});

it.each(Object.entries(PLACES))("has in %s every colour that its sheets take", async (_, { script, styles }) => {
  const sheets = await readSheets();
  const parts = [...(await readScript(`${script}.ts`)).values()];
  const later = parts.flatMap((text) => findAll(text, /loadStyle\("([\w-]+)"/g));
  const loaded = [...ALWAYS, ...styles, ...later].map((name) => sheets.get(name) ?? "");
  const known = new Set([
    ...loaded.flatMap((text) => findAll(text, /(--[\w-]+):/g)),
    ...parts.flatMap((text) => findAll(text, /(?:setProperty\(|style=\{\{ )"(--[\w-]+)"/g)),
  ]);
  const taken = loaded.flatMap((text) => findAll(text, /var\((--[\w-]+)\)/g));
  expect(taken.length).toBeGreaterThan(20);
  expect([...new Set(taken)].filter((name) => !known.has(name))).toEqual([]);
});
