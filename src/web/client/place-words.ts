/** A place in sentences: what was seen there, how far it is from where the menu was taught, and how its answers fare. Pure. */
import type { PlaceTexts } from "../texts/kitchen/en/places.ts";
import { describeCounted } from "./counted.ts";
import type { PlaceList, SamplePlace } from "./places-api.ts";

/** From here on a place is somewhat different, and very. */
const SOMEWHAT = 0.3;
const VERY = 0.7;

/** What makes a place known. */
export type Seen = Pick<PlaceList, "open" | "guestsTeach">;

/** A sentence each, the most important first. */
export function describePlace(place: SamplePlace, seen: Seen, texts: PlaceTexts): readonly string[] {
  return [describeState(place, seen, texts), ...describeDistance(place, texts), ...describeLabels(place, texts)];
}

function describeState({ on, moved, refused, photos, labels }: SamplePlace, seen: Seen, texts: PlaceTexts): string {
  if (!on) return texts.isOff;
  if (refused && labels !== null && labels.rightMoved !== null) {
    return texts.refused(labels.rightAsTaught, labels.rightMoved, labels.judged);
  }
  if (moved) return texts.moved(photos);
  const { closed, fromKeys, fromAll } = texts.until;
  return `${texts.waiting(photos)} ${seen.open ? (seen.guestsTeach ? fromAll : fromKeys) : closed}`;
}

function describeDistance({ distance }: SamplePlace, texts: PlaceTexts): readonly string[] {
  if (distance === null) return [];
  const words = distance < SOMEWHAT ? texts.alike : distance < VERY ? texts.different : texts.veryDifferent;
  return [words(distance)];
}

/** By the answers that are given there. */
function describeLabels({ on, moved, labels }: SamplePlace, texts: PlaceTexts): readonly string[] {
  if (labels === null || labels.judged === 0) return [texts.unchecked];
  const right = on && moved && labels.rightMoved !== null ? labels.rightMoved : labels.rightAsTaught;
  return [texts.right(describeCounted(right / labels.judged, labels.judged))];
}
