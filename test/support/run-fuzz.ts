/** `npm run fuzz:photos -- [count] [seed]`: damaged photos through the decode path, in numbers that no test has time for. */
import { fuzzPhotos } from "./fuzz-photos.ts";

const [count = "20000", seed = "1"] = process.argv.slice(2);
const start = performance.now();
const { outcomes, slowestMs, slowest } = await fuzzPhotos(Number(count), seed);
console.log(`${count} damaged photos, seed "${seed}", ${((performance.now() - start) / 1_000).toFixed(0)} s`);
for (const [outcome, times] of Object.entries(outcomes)) console.log(`${String(times).padStart(7)}  ${outcome}`);
console.log(`slowest: ${slowestMs.toFixed(0)} ms (${slowest})`);
