import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import ortWasm from "../../dist/runtime/ort-private-memory.wasm";
import kernelsWasm from "../../src/backbone/kernels/backbone-kernels.wasm";
import { backboneManifestSchema } from "../../src/backbone/manifest.ts";
import { createNetwork } from "../../src/backbone/network.ts";
import { createBackboneSession } from "../../src/backbone/session.ts";

const readAsset = (name: string) => env.ASSETS.fetch(new URL(`/backbone/${name}`, "https://assets.local"));

it("our kernels and ONNX Runtime both run in workerd, and agree on the backbone in place", async () => {
  const manifest = backboneManifestSchema.parse(await (await readAsset("manifest.json")).json());
  const model = new Uint8Array(await (await readAsset(`${manifest.id}.onnx`)).arrayBuffer());
  const network = createNetwork(kernelsWasm, model, manifest);
  if (!network.ok) throw new Error(network.error);
  const ort = await createBackboneSession(ortWasm, model, manifest);
  const { height, width } = manifest.input;
  const tensor = Float32Array.from(
    { length: 3 * height * width },
    (_, i) => 2 * Math.sin(i / 97) * Math.cos(i / 4_001),
  );
  const [ours, theirs] = [network.value(tensor), await ort.run(tensor)];
  const largest = Math.max(...theirs.map(Math.abs));
  expect(largest).toBeGreaterThan(0);
  expect(Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]))) / largest).toBeLessThan(1e-5);
});
