/**
 * The one way from an uploaded file to the backbone's input: header, limits, decode, tensor, in the order that refuses
 * a hostile file as cheaply as possible. Keeps nothing of the photo.
 */
import { photoTooLarge, tooManyPixels } from "../shared/english/photos.ts";
import { freeMemory } from "../shared/free-memory.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { DecodeImage } from "./decode.ts";
import { chooseEighths, WHOLE } from "./decoded-size.ts";
import type { InputGeometry } from "./geometry.ts";
import { readImageHeader } from "./header.ts";
import type { ImageHeader } from "./image-header.ts";
import type { Resample } from "./resample.ts";
import type { RgbaImage } from "./rgba-image.ts";
import { imageToTensor, type TensorSpec } from "./tensor.ts";

/** Both are checked before anything is decoded. */
export interface PhotoLimits {
  /** Upper bound of the encoded file, in bytes. */
  readonly maxImageBytes: number;
  /** Upper bound of width x height. */
  readonly maxImagePixels: number;
}

/**
 * Makes a smaller upright copy of a photo that is too large to be decoded here, as JPEG, of at most `maxPixels` pixels. Null when
 * that failed.
 */
export type ShrinkPhoto = (
  photo: Uint8Array<ArrayBuffer>,
  maxPixels: number,
) => Promise<Uint8Array<ArrayBuffer> | null>;

/** What makes a photo's way shorter where it is there. */
interface PhotoHelp {
  readonly shrink?: ShrinkPhoto | undefined;
  /** A faster resize than the plain one. */
  readonly resample?: Resample | undefined;
}

/** The heaviest coding: a shrunk copy fits whatever it is. */
const MAX_WEIGHT = 3;

/** A photo's pixels as they are stored, and its header, by which they can be decoded again. The caller frees `image.data` as soon as it is used. */
export interface DecodedPhoto {
  readonly image: RgbaImage;
  readonly header: ImageHeader;
}

/** Returns float32 [3, height, width] for `spec`, as often as it has views, or the reason why the file cannot be used. */
export async function photoToTensor(
  bytes: Uint8Array<ArrayBuffer>,
  spec: TensorSpec,
  limits: PhotoLimits,
  decode: DecodeImage,
  { shrink, resample }: PhotoHelp = {},
): Promise<Result<Float32Array, Problem>> {
  const decoded = await decodePhoto(bytes, limits, decode, shrink, spec);
  if (!decoded.ok) return decoded;
  const { image, header } = decoded.value;
  const tensor = imageToTensor(image, header.orientation, spec, resample);
  freeMemory(image.data);
  return ok(tensor);
}

/** The same without the last step: the pixels, as many as `input` needs or all of them, or the reason why the file cannot be used. */
export async function decodePhoto(
  bytes: Uint8Array<ArrayBuffer>,
  limits: PhotoLimits,
  decode: DecodeImage,
  shrink: ShrinkPhoto | undefined,
  input?: InputGeometry,
): Promise<Result<DecodedPhoto, Problem>> {
  if (bytes.length > limits.maxImageBytes) {
    return err(photoTooLarge({ bytes: bytes.length, limit: limits.maxImageBytes }));
  }
  const header = await readDecodableHeader(bytes, limits.maxImagePixels, shrink);
  if (!header.ok) return header;
  const image = await decode(header.value, input === undefined ? WHOLE : chooseEighths(header.value, input));
  return image.ok ? ok({ image: image.value, header: header.value }) : image;
}

/** The header of the photo, or of its smaller copy where it is too large or not a known kind and somebody can make one. */
async function readDecodableHeader(
  bytes: Uint8Array<ArrayBuffer>,
  maxPixels: number,
  shrink: ShrinkPhoto | undefined,
): Promise<Result<ImageHeader, Problem>> {
  const header = readImageHeader(bytes);
  if (header.ok ? fits(header.value, maxPixels) : header.error.code !== "unsupported_media_type") return header;
  const smaller = (await shrink?.(bytes, maxPixels / MAX_WEIGHT)) ?? null;
  if (smaller === null) return header.ok ? err(refuseSize(header.value, maxPixels)) : header;
  const again = readImageHeader(smaller);
  return again.ok && !fits(again.value, maxPixels) ? err(refuseSize(again.value, maxPixels)) : again;
}

function fits({ width, height, weight }: ImageHeader, maxPixels: number): boolean {
  return width * height * weight <= maxPixels;
}

function refuseSize({ width, height, weight, kind }: ImageHeader, maxPixels: number): Problem {
  return tooManyPixels({ width, height, limit: maxPixels / weight, kind });
}
