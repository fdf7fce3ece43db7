/** Photos made small before they are sent: as the guests' page does it, where there is a browser. */
import { shrinkPhoto as shrinkInBrowser } from "../../../src/web/client/shrink-photo.ts";

/** What a deployment takes, as its menu says. */
export interface PhotoLimits {
  readonly maxImageBytes: number;
  readonly maxImagePixels: number;
  /** Short side, in pixels, to which the backbone wants a photo. */
  readonly inputPixels: number;
}

/** Makes the copy that is sent: what is small already stays as it is. */
export type ShrinkPhoto = (photo: Blob, limits: PhotoLimits) => Promise<Blob>;

/** `createImageBitmap` with `OffscreenCanvas`, in pages and workers; null in Node, which decodes no photos: there they are sent as they are. */
export function findShrinker(): ShrinkPhoto | null {
  const canShrink = typeof createImageBitmap === "function" && typeof OffscreenCanvas === "function";
  return canShrink ? shrinkInBrowser : null;
}
