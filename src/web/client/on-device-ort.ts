/**
 * ONNX Runtime on the guest's device, for a backbone that our kernels do not know. A file of its own, because its wasm is a download
 * of 14 MB that most deployments never need; the build puts it there for those that do.
 */
import { createBackboneSession } from "../../backbone/session.ts";

/** float32 [views, 3, height, width] to the raw embedding, float32 [D]. */
export type RunModel = (tensor: Float32Array) => Promise<Float32Array>;

/** Throws what ONNX Runtime throws when it cannot load the model. */
export async function startOrt(
  wasm: WebAssembly.Module,
  model: Uint8Array,
  ends: Parameters<typeof createBackboneSession>[2],
): Promise<RunModel> {
  const session = await createBackboneSession(wasm, model, ends);
  return (tensor) => session.run(tensor);
}
