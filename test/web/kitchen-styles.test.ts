/** That what the script of a place makes has its styles there: no style sheet knows which other one a class has moved to. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { PLACES } from "../../src/web/kitchen-places.ts";

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
  for (const imported of findAll(text, /(?:from |import\()"\.\/([\w-]+\.ts)"/g)) await readScript(imported, known);
  return known;
}

/** Names of classes by style sheet. */
async function readSheets(): Promise<Map<string, Set<string>>> {
  const files = (await readdir(CLIENT)).filter((file) => file.endsWith(".css"));
  const named = files.map(
    async (file) => [file.replace(".css", ""), new Set(findAll(await read(file), /\.([a-z][\w-]*)/g))] as const,
  );
  return new Map(await Promise.all(named));
}

it.each(Object.entries(PLACES))("styles in %s every class that some sheet styles", async (_, { script, styles }) => {
  const sheets = await readSheets();
  const parts = await readScript(`${script}.ts`);
  const texts = [...parts.values()];
  const loaded = [...ALWAYS, ...styles, ...texts.flatMap((text) => findAll(text, /loadStyle\("([\w-]+)"/g))];
  const classes = texts
    .flatMap((text) => findAll(text, /class: ["`]([^"`]+)["`]/g))
    .flatMap((names) => names.split(/[ $]/));
  expect(classes.length).toBeGreaterThan(20);
  const lost = [...new Set(classes)].filter((name) => {
    const styledBy = [...sheets].filter(([, known]) => known.has(name)).map(([sheet]) => sheet);
    return styledBy.length > 0 && !styledBy.some((sheet) => loaded.includes(sheet));
  });
  expect(lost).toEqual([]);
});
