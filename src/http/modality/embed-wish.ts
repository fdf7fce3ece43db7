/** What a deployment keeps of a sample that is taught, beside its embedding. */

import type { EmbedWish } from "../../application/sample.ts";
import { type Config, keepsOriginals, keepsPictures } from "../../config.ts";

/** Of a sample that is asked about: nothing. */
export const NOTHING_KEPT: EmbedWish = { picture: false, original: false };

/** `countsAtOnce`: whether the label counts with this request; what waits for staff is kept as its picture alone. */
export function wishFor(config: Pick<Config, "keepPictures">, countsAtOnce: boolean): EmbedWish {
  return { picture: keepsPictures(config), original: countsAtOnce && keepsOriginals(config) };
}
