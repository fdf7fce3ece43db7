/** The limits of the deployment in words: what is limited, and by how much, with its unit. Pure. */
import type { Limit } from "./limit-answers.ts";
import { countOf } from "./numbers.ts";
import { inKitchenWords } from "./version-words.ts";

/** What a limit is of, where the API's unit is not the word for it. */
const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ["bytes", "Size"],
  ["seconds", "Time"],
  ["heads", "Versions"],
]);
/** Seconds in a unit of time, longest first. */
const TIMES = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
  [1, "second"],
] as const;
const [KILO, MEGA] = [1_000, 1_000_000];

/** `Size of one photo`, `Requests of one network in 60 s`. */
export function describeLimit({ unit, description }: Limit): string {
  const subject = SUBJECTS.get(unit) ?? `${unit.slice(0, 1).toUpperCase()}${unit.slice(1)}`;
  return `${subject} ${inKitchenWords(description.replace("; 0: any number", ""))}`;
}

/** `10.4 MB`, `12 hours`, `20`, `any number`. */
export function formatLimit({ unit, value, description }: Limit): string {
  if (value === 0 && description.includes("0: any number")) return "any number";
  if (unit === "bytes") return formatBytes(value);
  if (unit === "seconds") return formatSeconds(value);
  return value.toLocaleString("en");
}

/** Rounded down: what is said to fit does fit. */
function formatBytes(bytes: number): string {
  if (bytes < KILO) return countOf(bytes, "byte");
  const [size, unit] = bytes < MEGA ? [KILO, "kB"] : [MEGA, "MB"];
  return `${(Math.floor((bytes / size) * 10) / 10).toLocaleString("en")} ${unit}`;
}

/** In the longest unit that it is a whole number of. */
function formatSeconds(seconds: number): string {
  const [size, name] = TIMES.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, "second"];
  return countOf(seconds / size, name);
}
