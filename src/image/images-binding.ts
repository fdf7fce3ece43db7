/**
 * Cloudflare Images as the way out for photos that are too large to be decoded in an isolate. It decodes up to 100 megapixels
 * elsewhere and hands back a JPEG that fits; each call is billed. A deployment opts in by having the binding `IMAGES`.
 */
import type { ShrinkPhoto } from "./photo.ts";

/** A side of a square of `maxPixels` pixels: whatever the shape, the result has no more. */
const sideOf = (maxPixels: number) => Math.floor(Math.sqrt(maxPixels));

/** Uses the binding of this environment; undefined where there is none. */
export function createShrinker(env: object): ShrinkPhoto | undefined {
  const images = "IMAGES" in env ? env.IMAGES : undefined;
  if (!isImagesBinding(images)) return undefined;

  return async function shrinkPhoto(photo, maxPixels) {
    const side = sideOf(maxPixels);
    try {
      const result = await images
        .input(new Blob([photo]).stream())
        .transform({ width: side, height: side, fit: "scale-down" })
        .output({ format: "image/jpeg" });
      return new Uint8Array(await result.response().arrayBuffer());
    } catch (cause) {
      console.error(JSON.stringify({ event: "images_binding_failed", reason: String(cause) }));
      return null;
    }
  };
}

/** A decoder of a foreign value: `wrangler types` names the binding only where wrangler.toml has it. */
function isImagesBinding(value: unknown): value is ImagesBinding {
  return typeof value === "object" && value !== null && "input" in value && typeof value.input === "function";
}
