/**
 * The one way from an uploaded file to the backbone's input: header, limits, decode, tensor, in the order that refuses
 * a hostile file as cheaply as possible. Keeps nothing of the photo.
 */
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { DecodeImage } from "./decode.ts";
import { readImageHeader } from "./header.ts";
import { imageToTensor, type TensorSpec } from "./tensor.ts";

export interface PhotoLimits {
  /** Upper bound of the encoded file, in bytes. */
  readonly maxImageBytes: number;
  /** Upper bound of width x height. */
  readonly maxImagePixels: number;
}

/** Returns float32 [3, height, width] for `spec`, or the reason why the file cannot be used. */
export async function photoToTensor(
  bytes: Uint8Array<ArrayBuffer>,
  spec: TensorSpec,
  limits: PhotoLimits,
  decode: DecodeImage,
): Promise<Result<Float32Array, Problem>> {
  if (bytes.length > limits.maxImageBytes) {
    return err(problem("body_too_large", `The photo has ${bytes.length} bytes; at most ${limits.maxImageBytes} fit.`));
  }
  const header = readImageHeader(bytes);
  if (!header.ok) return header;
  const { width, height, orientation } = header.value;
  if (width * height > limits.maxImagePixels) return err(tooManyPixels(width, height, limits.maxImagePixels));
  const image = await decode(bytes, header.value);
  if (!image.ok) return image;
  if (image.value.width !== width || image.value.height !== height) {
    return err(problem("image_broken", "The photo's header and its pixels disagree about its size. Save it again."));
  }
  return ok(imageToTensor(image.value, orientation, spec));
}

function tooManyPixels(width: number, height: number, limit: number): Problem {
  const megapixels = (pixels: number) => (pixels / 1e6).toFixed(1);
  return problem(
    "image_too_large",
    `The photo has ${width} x ${height} = ${megapixels(width * height)} megapixels; at most ${megapixels(limit)} are ` +
      "decoded here. Shrink it first (the web form does that by itself).",
  );
}
