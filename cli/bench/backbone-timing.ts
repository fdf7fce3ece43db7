/** Times backbones against each other in one process: every round runs each of them once, so that they share its luck. */
import { readFile } from "node:fs/promises";
import { createNetwork } from "../../src/backbone/network.ts";
import { type BackboneSession, createBackboneSession } from "../../src/backbone/session.ts";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";
import { compileKernels } from "../runtime/backbone-runtimes.ts";
import { compileOrtModule } from "../runtime/ort-module.ts";
import { median } from "./quantile.ts";

const WARM_UP_ROUNDS = 5;
const ROUNDS = 41;

/** Wall time of single photos, tensor to embedding, in ms. */
export interface BackboneTime {
  readonly median: number;
  /** One per round, in order. */
  readonly runs: readonly number[];
}

/** What runs a backbone: ONNX Runtime Web on one thread, or the project's kernels, which a Worker prefers. */
export type Runtime = "ort" | "kernels";

interface Contestant {
  readonly name: string;
  readonly runtime: Runtime;
  readonly session: BackboneSession;
  readonly tensor: Float32Array;
  readonly runs: number[];
}

/** Times by runtime and name of the backbone; one that the kernels do not know is missing there. The input is grey noise: the time does not depend on what the photo shows. */
export async function timeBackbones(
  backbones: readonly PlacedBackbone[],
): Promise<Record<Runtime, Map<string, BackboneTime>>> {
  const kernels = await compileKernels();
  const contestants = (await Promise.all(backbones.map((placed) => startBoth(placed, kernels)))).flat();
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const { session, tensor, runs } of contestants) {
      const start = performance.now();
      await session.run(tensor);
      if (round >= WARM_UP_ROUNDS) runs.push(performance.now() - start);
    }
  }
  const timesOf = (wanted: Runtime) =>
    new Map(
      contestants
        .filter(({ runtime }) => runtime === wanted)
        .map(({ name, runs }) => [name, { runs, median: median(runs) }]),
    );
  return { ort: timesOf("ort"), kernels: timesOf("kernels") };
}

async function startBoth({ manifest, file }: PlacedBackbone, kernels: WebAssembly.Module): Promise<Contestant[]> {
  const { name, input } = manifest;
  const length = (input.views?.length ?? 1) * 3 * input.height * input.width;
  const tensor = Float32Array.from({ length }, (_, i) => ((i * 7919) % 512) / 256 - 1);
  const model = await readFile(file);
  const ort = await createBackboneSession(await compileOrtModule(), model, manifest);
  const contestants: Contestant[] = [{ name, tensor, runtime: "ort", session: ort, runs: [] }];
  const network = createNetwork(kernels, model, manifest);
  if (network.ok) {
    const session = { run: async (data: Float32Array) => network.value(data) };
    contestants.push({ name, tensor, runtime: "kernels", session, runs: [] });
  }
  return contestants;
}
