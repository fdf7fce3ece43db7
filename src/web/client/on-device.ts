/**
 * Embeds photos on the guest's device with the server's own code: the same decoders, the same tensor, the same kernels and
 * weights, so the numbers are the server's to the bit. A file of its own, loaded when somebody wants it.
 */
import type { BackboneManifest } from "../../backbone/manifest.ts";
import { createNetwork } from "../../backbone/network.ts";
import { type Embedding, quantiseEmbedding } from "../../head/embedding.ts";
import { EMBEDDING_TYPE, encodeEmbeddingMessage } from "../../head/embedding-message.ts";
import { joinEmbeddings } from "../../head/join-embeddings.ts";
import { createImageDecoder, type DecodeImage } from "../../image/decode.ts";
import { photoToTensor } from "../../image/photo.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { PhotoLimits } from "./answers.ts";
import { DecodeError, type Decoder, list, number, object, text } from "./decode.ts";
import type { DeviceEmbedder } from "./device-embedder.ts";
import { compile, type FileSource, OWN_FILES, readChecked, readManifestFile } from "./device-files.ts";
import type { RunModel } from "./on-device-ort.ts";
import type { Problem } from "./problem.ts";

/** What of the manifest is needed here. */
type Manifest = Pick<BackboneManifest, "id" | "bytes"> & {
  readonly input: Pick<
    BackboneManifest["input"],
    "name" | "height" | "width" | "mean" | "std" | "resizeShortSide" | "views" | "crop"
  >;
  readonly output: BackboneManifest["output"];
};

const triple: Decoder<[number, number, number]> = (value, path) => {
  const [first, second, third, ...others] = list(number)(value, path);
  if (third === undefined || others.length > 0) throw new DecodeError(`${path} is not three numbers`);
  return [first, second, third];
};

const crop: Decoder<BackboneManifest["input"]["crop"]> = (value, path) => {
  const known = (["center", "squash", "letterbox"] as const).find((name) => name === value);
  if (known === undefined) throw new DecodeError(`${path} is not a way of fitting a photo`);
  return known;
};

const manifestDecoder: Decoder<Manifest> = object({
  id: text,
  bytes: number,
  input: object({
    name: text,
    height: number,
    width: number,
    mean: triple,
    std: triple,
    resizeShortSide: number,
    views: (value, path) => (value === undefined ? undefined : list(number)(value, path)),
    crop,
  }),
  output: object({ name: text, dimension: number }),
});

/** Embeds photos within limits; several are of one thing, and become one embedding. */
type PhotoEmbedder = DeviceEmbedder<[photos: Blob | readonly Blob[], limits: PhotoLimits]>;

/** Downloads what is needed, with the share that has arrived, and checks it. Throws `DeviceError`. */
export async function prepareDeviceEmbedder(
  onProgress: (share: number) => void,
  source: FileSource = OWN_FILES,
): Promise<PhotoEmbedder> {
  const manifest = manifestDecoder(await readManifestFile(source), "manifest");
  const { id, bytes } = manifest;
  const [model, kernels, decode] = await Promise.all([
    readChecked({ path: `/backbone/${id}.onnx`, sha256: id, bytes }, onProgress, source),
    compileKernels(source),
    loadDecoders(source),
  ]);
  const network = createNetwork(kernels, model, manifest);
  const run = network.ok
    ? async (tensor: Float32Array) => network.value(tensor)
    : await startOrtHere(model, manifest, source);
  const embedOne = (photo: Blob, limits: PhotoLimits) => embedPhoto(photo, limits, manifest, decode, run);
  return { embed: (photos, limits) => embedAll([photos].flat(), (photo) => embedOne(photo, limits), id) };
}

async function embedAll(
  photos: readonly Blob[],
  embedOne: (photo: Blob) => Promise<Result<Embedding, Problem>>,
  backboneId: string,
): Promise<Result<Blob, Problem>> {
  const embeddings: Embedding[] = [];
  for (const photo of photos) {
    const embedding = await embedOne(photo);
    if (!embedding.ok) return embedding;
    embeddings.push(embedding.value);
  }
  const embedding = embeddings.length === 1 ? embeddings[0] : joinEmbeddings(embeddings);
  return ok(new Blob([encodeEmbeddingMessage({ backboneId, embedding })], { type: EMBEDDING_TYPE }));
}

async function embedPhoto(
  photo: Blob,
  limits: PhotoLimits,
  manifest: Manifest,
  decode: DecodeImage,
  run: RunModel,
): Promise<Result<Embedding, Problem>> {
  const bytes = new Uint8Array(await photo.arrayBuffer());
  const tensor = await photoToTensor(bytes, manifest.input, limits, decode);
  if (!tensor.ok) return err({ status: 0, ...tensor.error });
  const embedding = quantiseEmbedding(await run(tensor.value), manifest.output.dimension);
  if (embedding.ok) return embedding;
  return err({ status: 0, code: "invalid_embedding", detail: embedding.error.message, says: [] });
}

/** The way of the server with a graph that our kernels do not know. */
async function startOrtHere(model: Uint8Array, manifest: Manifest, source: FileSource): Promise<RunModel> {
  const [{ startOrt }, wasm] = await Promise.all([import("./on-device-ort.ts"), compile("ort-private-memory", source)]);
  return startOrt(wasm, model, manifest);
}

async function loadDecoders(source: FileSource): Promise<DecodeImage> {
  const names = ["jpeg-decoder", "squoosh_png_bg", "webp_dec"] as const;
  const [jpeg, png, webp] = await Promise.all(names.map((name) => compile(name, source)));
  return createImageDecoder({ jpeg, png, webp });
}

/** The server's kernels; where a browser has no relaxed SIMD, those that round twice and take a sixth longer. */
function compileKernels(source: FileSource): Promise<WebAssembly.Module> {
  return compile("fused-backbone-kernels", source).catch((cause) => {
    if (cause instanceof WebAssembly.CompileError) return compile("backbone-kernels", source);
    throw cause;
  });
}
