/**
 * A share that was counted on n photos as people say it, with what chance leaves open (Wilson, 95 %): `about 13 of 20, probably
 * between 9 and 16`. Of more than a hundred photos it is said of a hundred. The one form for such figures on the page. Pure.
 */

import { wilsonInterval } from "../../shared/wilson.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";

const MOST_COUNTED = 100;

/** `share` is in [0, 1] and was counted on `photos` photos. */
export function describeCounted(share: number, photos: number): string {
  const of = Math.min(photos, MOST_COUNTED);
  const { low, high } = wilsonInterval(share, photos);
  return kitchen.words.counted(Math.round(share * of), of, Math.round(low * of), Math.round(high * of));
}
