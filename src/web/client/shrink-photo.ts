/**
 * Makes a photo small in the browser: the copy that is sent to be classified, and the thumbnail that staff see.
 * Decoding honours the camera's orientation; a photo that the browser cannot decode is given back as it is.
 */
import type { PhotoLimits } from "./answers.ts";
import { isApiPhotoType } from "./photo-types.ts";
import { fitForSending, fitLongSide, type Size } from "./shrink-geometry.ts";

const JPEG_QUALITY = 0.9;
/** What the API counts a pixel of a PNG for. */
const PNG_WEIGHT = 3;
const THUMBNAIL_LONG_SIDE = 160;
/** Tried in turn until the data URL fits; photos of pizza pass at the first. Safari encodes no WebP. */
const THUMBNAIL_CODINGS = [
  ["image/webp", 0.75],
  ["image/jpeg", 0.75],
  ["image/webp", 0.3],
  ["image/jpeg", 0.3],
] as const;
/** The API's limit of 20 KB, counted in characters of the data URL. */
const MAX_THUMBNAIL_LENGTH = 20_000;

/** The photo as it should be sent. Small ones that the API reads anyway keep their bytes, other small ones their pixels. */
export async function shrinkPhoto(photo: Blob, limits: PhotoLimits): Promise<Blob> {
  const bitmap = await decode(photo, "none"); // the API's decoders ignore colour profiles, so the copy must too
  if (bitmap === null) return photo;
  const target = fitForSending(bitmap, limits.inputPixels, limits.maxImagePixels);
  const isSmall = target.width === bitmap.width && target.height === bitmap.height;
  if (isSmall && isApiPhotoType(photo.type) && photo.size <= limits.maxImageBytes) {
    bitmap.close();
    return photo;
  }
  const canvas = draw(bitmap, target, createCanvas(target));
  bitmap.close();
  const isLossless = isSmall && target.width * target.height <= limits.maxImagePixels / PNG_WEIGHT;
  return (await (isLossless ? encode(canvas, "image/png") : encode(canvas, "image/jpeg", JPEG_QUALITY))) ?? photo;
}

/** A small WebP or JPEG data URL of the photo, or null when the browser cannot make one. */
export async function makeThumbnail(photo: Blob): Promise<string | null> {
  const bitmap = await decode(photo, "default");
  if (bitmap === null) return null;
  const size = fitLongSide(bitmap, THUMBNAIL_LONG_SIDE);
  const canvas = draw(bitmap, size, createElementCanvas(size));
  bitmap.close();
  for (const [type, quality] of THUMBNAIL_CODINGS) {
    const url = canvas.toDataURL(type, quality);
    if (url.startsWith(`data:${type}`) && url.length <= MAX_THUMBNAIL_LENGTH) return url;
  }
  return null;
}

async function decode(photo: Blob, colorSpaceConversion: ColorSpaceConversion): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(photo, { imageOrientation: "from-image", colorSpaceConversion });
  } catch {
    return await drawAsImage(photo);
  }
}

/** Some formats are shown by an image element alone, SVG for one. Null when it shows nothing either. */
async function drawAsImage(photo: Blob): Promise<ImageBitmap | null> {
  if (typeof Image === "undefined") return null;
  const image = new Image();
  image.src = URL.createObjectURL(photo);
  try {
    await image.decode();
    return await createImageBitmap(image);
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

type AnyCanvas = HTMLCanvasElement | OffscreenCanvas;

/** A worker has no elements, Safari before 16.4 nothing else. */
function createCanvas(size: Size): AnyCanvas {
  return typeof OffscreenCanvas === "undefined"
    ? createElementCanvas(size)
    : new OffscreenCanvas(size.width, size.height);
}

function createElementCanvas(size: Size): HTMLCanvasElement {
  return Object.assign(document.createElement("canvas"), size);
}

function draw<C extends AnyCanvas>(bitmap: ImageBitmap, { width, height }: Size, canvas: C): C {
  const context = "toBlob" in canvas ? canvas.getContext("2d") : canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw on");
  context.imageSmoothingQuality = "high";
  // JPEG has no transparency; without this, clear pixels would turn black.
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

/** Null where the browser cannot. */
function encode(canvas: AnyCanvas, type: string, quality?: number): Promise<Blob | null> {
  if (!("toBlob" in canvas))
    return canvas.convertToBlob({ type, ...(quality !== undefined && { quality }) }).catch(() => null);
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}
