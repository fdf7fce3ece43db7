/**
 * "Is this item done?" in words, by one rule. With r of n judged photos recognised, [low, high] its Wilson interval, and
 * `gain` what the last doubling of the photos added to r:
 *
 *   n < 10                              few       too few to tell
 *   low >= .8                           enough    more photos change little
 *   r < .9 and gain >= .03              growing   as many photos as the same gain per doubling needs to reach .9
 *   r < .9                              stuck     more of the same changes nothing: look at what it is taken for
 *   else                                unproven  good, on too few photos to be sure: as many as bring `low` to .8
 *
 * Pure. The curve's points are leave-one-out estimates on a quarter, a half and all of the sample.
 */

import { wilsonInterval } from "../../shared/wilson.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { FEW_EXAMPLES } from "./advice.ts";
import type { ClassQuality, HeadDetails } from "./head-answers.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.itemQuality;

const GOOD_RECALL = 0.9;
const SURE_RECALL = 0.8;
const TELLING_GAIN = 0.03;
/** Nobody photographs more than this because a page says so; and no line that is drawn through two points reaches further. */
const MAX_ASKED = 100;

type Enough = "few" | "enough" | "growing" | "stuck" | "unproven";

interface EnoughVerdict {
  readonly state: Enough;
  /** Photos that would help; 0 where more are not what helps. */
  readonly more: number;
}

/** Null where none of the item's photos could be judged. */
export function judgeEnough({ examples, recall, curve }: ClassQuality): EnoughVerdict | null {
  if (examples === 0) return null;
  if (examples < FEW_EXAMPLES) return { state: "few", more: FEW_EXAMPLES - examples };
  if (wilsonInterval(recall, examples).low >= SURE_RECALL) return { state: "enough", more: 0 };
  if (recall >= GOOD_RECALL) return { state: "unproven", more: countUntilSure(recall, examples) };
  const gain = lastGain(curve ?? []);
  // Without a curve nothing speaks against the usual: more photos help.
  if (gain === null) return { state: "growing", more: Math.min(MAX_ASKED, examples) };
  if (gain < TELLING_GAIN) return { state: "stuck", more: 0 };
  const doublings = (GOOD_RECALL - recall) / gain;
  return { state: "growing", more: Math.min(MAX_ASKED, Math.ceil(examples * (2 ** doublings - 1))) };
}

/** The rule's verdict as one or two sentences; empty where there is none. */
export function describeEnough(details: HeadDetails, classId: string, names: ItemNames): string {
  const own = details.perClass.find((item) => item.classId === classId);
  const verdict = own === undefined ? null : judgeEnough(own);
  if (verdict === null) return "";
  const rival = findRival(details, classId);
  const rivalName = rival === null ? null : nameOf(names, rival);
  switch (verdict.state) {
    case "few":
      return texts.few(verdict.more);
    case "enough":
      return texts.enough;
    case "unproven":
      return texts.unproven(verdict.more);
    case "growing":
      return texts.growing(verdict.more, rivalName);
    case "stuck":
      return texts.stuck(rivalName);
  }
}

/** The curve in words, for those who do not see it: `4 photos 50%, 8 photos 75%, 16 photos 88%`. */
export function describeCurve(curve: ClassQuality["curve"]): string {
  return (curve ?? []).map(([examples, recall]) => texts.curve.point(examples, recall)).join(", ");
}

function lastGain(curve: readonly (readonly [number, number])[]): number | null {
  const [before, last] = curve.slice(-2);
  return last === undefined ? null : last[1] - before[1];
}

function countUntilSure(recall: number, examples: number): number {
  for (let more = 1; more < MAX_ASKED; more++) {
    if (wilsonInterval(recall, examples + more).low >= SURE_RECALL) return more;
  }
  return MAX_ASKED;
}

/** The item that it is mixed up with most, in either direction. */
function findRival({ confusions }: HeadDetails, classId: string): string | null {
  const counts = new Map<string, number>();
  for (const { given, answered, examples } of confusions) {
    const other = given === classId ? answered : answered === classId ? given : null;
    if (other !== null) counts.set(other, (counts.get(other) ?? 0) + examples);
  }
  const [worst] = [...counts].toSorted(([, one], [, two]) => two - one);
  return worst?.[0] ?? null;
}
