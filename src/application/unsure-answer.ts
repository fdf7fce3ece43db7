/**
 * Which answers the pool may keep: those of the live head that it was unsure of, and those that show what a place is like, on samples that the server itself has read. Notes them
 * in the request's context; `middleware/pool-answers.ts` takes them from there when the answer has been made.
 */
import { marginOf } from "../head/choose-to-label.ts";
import type { Prediction } from "../head/predict.ts";
import type { Services } from "../services.ts";
import { PLACE_PHOTOS_WANTED } from "../store/pool-limits.ts";
import type { UnsureAnswer } from "../store/pooled-samples.ts";
import type { Caller } from "./caller.ts";
import type { NamedPlace } from "./named-place.ts";
import type { Embedded } from "./sample.ts";

/** Does nothing while the pool is closed. A device's embedding is never kept: anybody can make one up, and the photo was to stay there. */
export function noteUnsure(
  { config, clock }: Services,
  caller: Caller,
  { sample, copy, place }: Pick<Embedded, "sample" | "copy"> & { readonly place: NamedPlace | undefined },
  { scores, isUnknown, isUndecided }: Prediction,
  { version: headVersion, isPinned }: { readonly version: number; readonly isPinned: boolean },
): void {
  if (config.pool.size === 0 || isPinned || sample.origin === "device") return;
  const mayTeach = config.publicTeaching || caller.identity !== null;
  const isWanted = mayTeach && place?.isOn === true && place.photos < PLACE_PHOTOS_WANTED;
  if (!(isUnknown || isUndecided || isWanted)) return;
  const [best] = scores;
  const unsure: UnsureAnswer = {
    ...{ sample, copy: config.pool.keepsCopies ? copy : undefined, headVersion },
    reason: isUnknown ? "unknown" : isUndecided ? "undecided" : "place",
    place: place?.isOn === true ? place.id : null,
    ...{ answer: best?.classId ?? null, score: best?.score ?? 0 },
    margin: marginOf(scores),
    seenAt: clock(),
  };
  caller.noteUnsure(unsure);
}
