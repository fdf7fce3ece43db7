/** From a photo in a request to an embedding, for every route that takes photos. */
import type { Caller } from "../../application/caller.ts";
import { type Embedded, type EmbedTimes, type EmbedWish, NOTHING_KEPT } from "../../application/sample.ts";
import type { Embedder } from "../../backbone/embedder.ts";
import type { Embedding } from "../../head/embedding.ts";
import { type DecodedPhoto, decodePhoto } from "../../image/photo.ts";
import { copySmall, encodeSmall, type SmallPixels, shrinkUpright } from "../../image/small-copy.ts";
import { imageToTensor } from "../../image/tensor.ts";
import type { Services } from "../../services.ts";
import { freeMemory } from "../../shared/free-memory.ts";
import { sha256Hex } from "../../shared/hash.ts";
import type { Problem } from "../../shared/problem.ts";
import { ok, type Result } from "../../shared/result.ts";
import { nameOriginal } from "../../store/pictures/originals.ts";
import { ORIGINAL, type PictureSize, THUMBNAIL } from "./picture-size.ts";

/** Of a photo that was embedded a moment ago. */
const NO_TIME: EmbedTimes = { decodeMs: 0, embedMs: 0 };

/**
 * Gives the memory of `bytes` back: callers must not read them again. Times are 0 where the embedding was known. Where a picture is
 * wanted, it is the preview as well: nobody can have it show something else.
 */
export async function embedPhoto(
  services: Services,
  embedder: Embedder,
  { keepAlive }: Pick<Caller, "keepAlive">,
  bytes: Uint8Array<ArrayBuffer>,
  wish: EmbedWish = NOTHING_KEPT,
): Promise<Result<Embedded, Problem>> {
  const { recentEmbeddings, takePhotoTurn } = services;
  const photo = { sampleId: await sha256Hex(bytes), backboneId: embedder.manifest.id, origin: "server" } as const;
  const known = recentEmbeddings.find(photo.sampleId, photo.backboneId);
  if (known !== undefined && !wish.picture && !wish.original) {
    freeMemory(bytes);
    return ok({ sample: { ...photo, embedding: known }, preview: null, times: NO_TIME });
  }
  const turn = takePhotoTurn(() => readPhoto(services, embedder, bytes, { ...wish, known }));
  // The queue is shared by all requests of the isolate: this one's turn must end well even if its sender hangs up.
  keepAlive(turn);
  const read = await turn;
  if (!read.ok) return read;
  const { embedding, picture, large, pixels, times } = read.value;
  recentEmbeddings.remember(photo.sampleId, photo.backboneId, embedding);
  const copy =
    pixels === null ? undefined : async () => `data:image/png;base64,${(await encodeSmall(pixels)).toBase64()}`;
  const original = large && {
    key: await nameOriginal(services.config.receiptSecret, photo.sampleId),
    type: "image/webp" as const,
    bytes: large,
  };
  return ok({ sample: { ...photo, embedding, picture, original }, preview: picture ?? null, copy, times });
}

/** What is wanted of a photo; its embedding where that is known. */
interface PhotoWish extends EmbedWish {
  readonly known: Embedding | undefined;
}

interface ReadPhoto {
  readonly embedding: Embedding;
  /** A data URL; undefined where none was wanted. */
  readonly picture: string | undefined;
  /** The whole photo as WebP; undefined where it was not wanted. */
  readonly large: Uint8Array<ArrayBuffer> | undefined;
  /** For the copy of the pool; null where it keeps none, or the embedding was known. */
  readonly pixels: SmallPixels | null;
  readonly times: EmbedTimes;
}

/** One at a time: what a photo needs while it is worked on exists once. */
async function readPhoto(
  services: Services,
  embedder: Embedder,
  bytes: Uint8Array<ArrayBuffer>,
  wish: PhotoWish,
): Promise<Result<ReadPhoto, Problem>> {
  const { config, decodeImage, shrinkPhoto } = services;
  const start = performance.now();
  const decoded = await decodePhoto(bytes, config, decodeImage, shrinkPhoto, embedder.manifest.input);
  if (!decoded.ok) {
    freeMemory(bytes);
    return decoded;
  }
  const { image } = decoded.value;
  try {
    const kept = await makePictures(services, decoded.value, wish);
    freeMemory(bytes); // its hash is taken
    if (wish.known !== undefined) return ok({ embedding: wish.known, ...kept, pixels: null, times: NO_TIME });
    const embedded = await embedPixels(services, embedder, decoded.value, start);
    return embedded.ok ? ok({ ...embedded.value, ...kept }) : embedded;
  } finally {
    freeMemory(image.data);
  }
}

async function makePictures(
  services: Services,
  decoded: DecodedPhoto,
  wish: EmbedWish,
): Promise<Pick<ReadPhoto, "picture" | "large">> {
  if (!wish.picture && !wish.original) return { picture: undefined, large: undefined };
  const whole = await decodeWhole(services, decoded);
  const small = wish.picture && whole ? await makePicture(services, whole, THUMBNAIL) : undefined;
  const large = wish.original && whole ? await makePicture(services, whole, ORIGINAL) : undefined;
  if (whole !== decoded && whole) freeMemory(whole.image.data);
  return { picture: small && `data:image/webp;base64,${small.toBase64()}`, large };
}

/** All pixels, of a photo that was decoded as small as the backbone needs it; undefined where that failed. */
async function decodeWhole({ decodeImage }: Services, decoded: DecodedPhoto): Promise<DecodedPhoto | undefined> {
  if (decoded.image.whole === undefined) return decoded;
  const image = await decodeImage(decoded.header);
  return image.ok ? { ...decoded, image: image.value } : undefined;
}

/** Undefined where that failed: a label without a picture is worth more than none. */
async function makePicture(
  { encodePicture, resample }: Services,
  { image, header }: DecodedPhoto,
  { side, maxBytes, quality }: PictureSize,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const shrunk = shrinkUpright(image, header.orientation, side, resample);
  try {
    return await encodePicture(shrunk, maxBytes, quality);
  } catch (cause) {
    console.error(JSON.stringify({ event: "picture_failed", reason: String(cause) }));
    return undefined;
  }
}

async function embedPixels(
  { config, resample }: Services,
  { manifest, embed }: Embedder,
  { image, header }: DecodedPhoto,
  start: number,
): Promise<Result<Omit<ReadPhoto, "picture" | "large">, Problem>> {
  const tensor = imageToTensor(image, header.orientation, manifest.input, resample);
  freeMemory(image.data);
  const decoded = performance.now();
  const { size, keepsCopies } = config.pool;
  const pixels = size > 0 && keepsCopies ? copySmall(tensor, manifest.input) : null;
  const embedding = await embed(tensor);
  freeMemory(tensor);
  if (!embedding.ok) return embedding;
  const times = { decodeMs: decoded - start, embedMs: performance.now() - decoded };
  return ok({ embedding: embedding.value, pixels, times });
}
