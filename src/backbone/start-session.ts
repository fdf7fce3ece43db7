/**
 * Which runtime a backbone gets: our own kernels where they know all of its layers, since they need half the time of
 * ONNX Runtime or less, and ONNX Runtime for every other graph. The embeddings agree to float32 rounding.
 */
import type { BackboneManifest } from "./manifest.ts";
import { createNetwork } from "./network.ts";
import { type BackboneSession, createBackboneSession } from "./session.ts";

/** Compiled wasm, because workerd compiles none from bytes. */
export interface BackboneRuntimes {
  /** `kernels/fused-backbone-kernels.wasm`, or the one without relaxed SIMD. */
  readonly kernels: WebAssembly.Module;
  /** Loads ONNX Runtime with private memory: 14 MB, so only for a graph that needs it. */
  readonly loadOrt: () => Promise<WebAssembly.Module>;
}

/** Throws what ONNX Runtime throws when neither can load the model. */
export async function startBackboneSession(
  runtimes: BackboneRuntimes,
  model: Uint8Array,
  manifest: BackboneManifest,
): Promise<BackboneSession> {
  const network = createNetwork(runtimes.kernels, model, manifest);
  if (network.ok) return { run: async (tensor) => network.value(tensor) };
  console.log(JSON.stringify({ event: "backbone_runs_in_onnx_runtime", backbone: manifest.id, reason: network.error }));
  return createBackboneSession(await runtimes.loadOrt(), model, manifest);
}
