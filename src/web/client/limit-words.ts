/** The limits of the deployment in words: what is limited, and by how much, with its unit. Pure. */

import type { LimitNames } from "../texts/kitchen/en/limits.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Limit } from "./limit-answers.ts";

const texts = kitchen.keys.limits;

/** What a limit is of, where the API's unit is not the word for it. */
const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ["bytes", "Size"],
  ["seconds", "Time"],
  ["heads", "Versions"],
]);
/** Seconds in a unit of time, longest first. */
const TIMES = [
  [86_400, texts.days],
  [3_600, texts.hours],
  [60, texts.minutes],
] as const;
const [KILO, MEGA] = [1_000, 1_000_000];

/** `Size of one photo`, `Requests of one network in 60 s`: as the language names the limit, or the API describes it. */
export function describeLimit({ name, unit, description }: Limit, names: LimitNames): string {
  const subject = SUBJECTS.get(unit) ?? `${unit.slice(0, 1).toUpperCase()}${unit.slice(1)}`;
  return names[name] ?? kitchen.frame.tell(`${subject} ${description.replace("; 0: any number", "")}`, []);
}

/** `10.4 MB`, `12 hours`, `20`, `any number`. */
export function formatLimit({ unit, value, description }: Limit): string {
  if (value === 0 && description.includes("0: any number")) return texts.anyNumber;
  if (unit === "bytes") return formatBytes(value);
  if (unit === "seconds") return formatSeconds(value);
  return kitchen.words.formatCount(value);
}

/** Rounded down: what is said to fit does fit. */
export function formatBytes(bytes: number): string {
  if (bytes < KILO) return texts.bytes(bytes);
  const [size, format] = bytes < MEGA ? [KILO, texts.kilobytes] : [MEGA, texts.megabytes];
  return format(Math.floor((bytes / size) * 10) / 10);
}

/** In the longest unit that it is a whole number of. */
function formatSeconds(seconds: number): string {
  const [size, format] = TIMES.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, texts.seconds];
  return format(seconds / size);
}
