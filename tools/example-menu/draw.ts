/**
 * Drew `src/web/example-menu/`: `node_modules/.bin/node tools/example-menu/draw.ts`. The same drawings every time, from the
 * generator of the tests, without noise so that they are small.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { makePhoto } from "../../test/support/photos.ts";

const OUT_DIR = path.join(import.meta.dirname, "../../src/web/example-menu");
const KINDS = ["pepperoni", "hawaiian", "margherita"];
const DRAWINGS_PER_KIND = 8;
const SIZE_PIXELS = 160;

await mkdir(OUT_DIR, { recursive: true });
for (const kind of KINDS) {
  for (let seed = 1; seed <= DRAWINGS_PER_KIND; seed++) {
    await writeFile(path.join(OUT_DIR, `${kind}-${seed}.png`), makePhoto(kind, 1_000 + seed, SIZE_PIXELS, 0));
  }
}
