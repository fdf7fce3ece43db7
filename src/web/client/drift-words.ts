/** What guests' photos have been like lately, in words: how many were answered with "not on the menu". Pure. */
import type { overviewOperations } from "../../operations/overview.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { answerOf, type Decoded, list, nullable, number, object, text } from "./decode.ts";
import { sentences } from "./sentences.ts";

const day = object({ date: text, answers: number, unknownShare: nullable(number) });
/** The answer of `GET /v1/admin/drift`. */
export const drift = answerOf<typeof overviewOperations.readDrift>()(
  object({
    days: list(day),
    baseline: object({ days: number, unknownShare: nullable(number) }),
    warning: nullable(object({ text, says: sentences })),
  }),
);
/** Shares are in [0, 1]; null where no answers were counted. */
export type Drift = Decoded<typeof drift>;

/** Today is the first of them. */
const DAYS_SHOWN = 7;
/** Below so many answers their number says more than a share: "1 of 2 photos". */
const SHARE_FROM = 20;

/** `In the last 7 days 12% of 340 photos looked like nothing on the menu; usually it is 8%.` */
export function describeUnknown({ days, baseline }: Drift): string {
  const recent = days.slice(0, DAYS_SHOWN);
  const answers = recent.reduce((sum, of) => sum + of.answers, 0);
  if (answers === 0) return "";
  const unknown = recent.reduce((sum, of) => sum + of.answers * (of.unknownShare ?? 0), 0);
  const share = unknown / answers;
  if (answers < SHARE_FROM) return kitchen.overview.unknownOfFew(DAYS_SHOWN, Math.round(unknown), answers);
  return baseline.unknownShare === null
    ? kitchen.overview.unknown(DAYS_SHOWN, share, answers)
    : kitchen.overview.unknownThan(DAYS_SHOWN, share, answers, baseline.unknownShare);
}
