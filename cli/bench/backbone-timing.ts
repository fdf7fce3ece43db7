/** Times backbones against each other in one process: every round runs each of them once, so that they share its luck. */
import { readFile } from "node:fs/promises";
import { createBackboneSession } from "../../src/backbone/session.ts";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";
import { compileOrtModule } from "../runtime/ort-module.ts";

const WARM_UP_ROUNDS = 5;
const ROUNDS = 41;

/** Wall time of single photos, tensor to embedding, in ms. */
export interface BackboneTime {
  readonly median: number;
  /** One per round, in order. */
  readonly runs: readonly number[];
}

/** Times by name of the backbone. The input is grey noise: the time does not depend on what the photo shows. */
export async function timeBackbones(backbones: readonly PlacedBackbone[]): Promise<Map<string, BackboneTime>> {
  const wasm = await compileOrtModule();
  const contestants = [];
  for (const { manifest, file } of backbones) {
    const { height, width } = manifest.input;
    const tensor = Float32Array.from({ length: 3 * height * width }, (_, i) => ((i * 7919) % 512) / 256 - 1);
    const session = await createBackboneSession(wasm, await readFile(file), manifest);
    contestants.push({ name: manifest.name, session, tensor, runs: [] as number[] });
  }
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const { session, tensor, runs } of contestants) {
      const start = performance.now();
      await session.run(tensor);
      if (round >= WARM_UP_ROUNDS) runs.push(performance.now() - start);
    }
  }
  return new Map(contestants.map(({ name, runs }) => [name, { runs, median: medianOf(runs) }]));
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
