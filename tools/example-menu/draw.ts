/**
 * Drew `src/web/example-menu/`, what teaches the example and the samples to try it on:
 * `node_modules/.bin/node tools/example-menu/draw.ts`. The same drawings every time, from the generator of the tests, without
 * noise so that they are small.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { makePhoto } from "../../test/support/photos.ts";

const OUT_DIR = path.join(import.meta.dirname, "../../src/web/example-menu");
const KINDS = ["pepperoni", "hawaiian", "margherita"];
const DRAWINGS_PER_KIND = 8;
/** Their numbers in the names of the files tell nothing; the last kind is not on the example's menu. */
const SAMPLE_KINDS = [...KINDS, "mushroom"];
const SIZE_PIXELS = 160;

const draw = (name: string, kind: string, seed: number) =>
  writeFile(path.join(OUT_DIR, `${name}.png`), makePhoto(kind, seed, SIZE_PIXELS, 0));

await mkdir(OUT_DIR, { recursive: true });
for (const [i, kind] of SAMPLE_KINDS.entries()) await draw(`sample-${i + 1}`, kind, 3_001);
for (const kind of KINDS) {
  for (let seed = 1; seed <= DRAWINGS_PER_KIND; seed++) await draw(`${kind}-${seed}`, kind, 1_000 + seed);
}
