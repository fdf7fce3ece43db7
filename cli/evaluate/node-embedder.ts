/** The Worker's way from a photo to an embedding, in Node: the same decoders, the same runtime, the same numbers. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createEmbedder, type Embedder } from "../../src/backbone/embedder.ts";
import { startBackboneSession } from "../../src/backbone/start-session.ts";
import { createImageDecoder, type DecodeImage } from "../../src/image/decode.ts";
import { createSimdResample } from "../../src/image/kernels/simd-resample.ts";
import type { Resample } from "../../src/image/resample.ts";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";
import { compileRuntimes } from "../runtime/backbone-runtimes.ts";

/** As in wrangler.toml. */
export const PHOTO_LIMITS = { maxImageBytes: 10_485_760, maxImagePixels: 3_000_000 };

/** The operator's own files, and no deployment's memory. */
export const OWN_PHOTO_LIMITS = { maxImageBytes: 50_000_000, maxImagePixels: 50_000_000 };

const JPEG_DECODER = new URL("../../src/image/kernels/jpeg-decoder.wasm", import.meta.url);
const RESAMPLE_KERNEL = new URL("../../src/image/kernels/resample-kernel.wasm", import.meta.url);

const require = createRequire(import.meta.url);

/** JPEG, PNG and WebP. */
export async function createNodeDecoder(): Promise<DecodeImage> {
  const compile = async (file: string) => WebAssembly.compile(new Uint8Array(await readFile(require.resolve(file))));
  return createImageDecoder({
    jpeg: await WebAssembly.compile(new Uint8Array(await readFile(JPEG_DECODER))),
    png: await compile("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"),
    webp: await compile("@jsquash/webp/codec/dec/webp_dec.wasm"),
  });
}

/** As the Worker resizes, to the last bit. */
export async function createNodeResample(): Promise<Resample> {
  return createSimdResample(await WebAssembly.compile(new Uint8Array(await readFile(RESAMPLE_KERNEL))));
}

/** Loads the weights with the first photo. */
export function createNodeEmbedder({ manifest, file }: PlacedBackbone): Embedder {
  return createEmbedder(manifest, async () =>
    startBackboneSession(await compileRuntimes(), await readFile(file), manifest),
  );
}
