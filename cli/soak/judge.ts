/** Whether an isolate under load leaks: what each kind of its memory may grow by, and which of them grew by more. Pure. */
import type { IsolateMemory } from "../bench/inspector.ts";
import { dropWarmUp, fitGrowth, type Growth } from "./slope.ts";

/** What the isolate held at one time. */
export type MemorySample = IsolateMemory & { readonly seconds: number };

/** By the slope of the readings after the warm-up, over their whole time: above the noise of a garbage collection, or one decoder. */
const MAX_GROWTH_BYTES = { heapBytes: 2e6, bufferBytes: 4e6, wasmBytes: 6e6 };
export const JUDGED = Object.keys(MAX_GROWTH_BYTES) as (keyof typeof MAX_GROWTH_BYTES)[]; // -- the keys of the line above

/** Those that rise by more than they may, with how much. */
export function findRises(
  samples: readonly MemorySample[],
): { readonly name: keyof IsolateMemory; readonly growth: Growth }[] {
  const found = JUDGED.map((name) => ({ name, growth: growthOf(samples, name) }));
  return found.filter(({ name, growth }) => growth.bytes > MAX_GROWTH_BYTES[name]);
}

/** After the warm-up. */
export function growthOf<K extends string>(
  samples: readonly ({ readonly seconds: number } & Readonly<Record<K, number>>)[],
  name: K,
): Growth {
  return fitGrowth(dropWarmUp(samples.map((sample) => ({ seconds: sample.seconds, bytes: sample[name] }))));
}
