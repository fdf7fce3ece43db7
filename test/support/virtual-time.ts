/** Time that passes when a test says so: a clock, and what happens again and again, in its order. */

import type { Every } from "../../src/shared/every.ts";

export interface VirtualTime {
  readonly clock: () => number;
  readonly every: Every;
  /** How many were begun and not stopped. */
  countTimers(): number;
  /** Lets so many ms pass; what is due within them happens, and what follows from it. */
  pass(ms: number): Promise<void>;
  /** Sets the clock without anything being due sooner or later. */
  setClock(ms: number): void;
}

export function createVirtualTime(start = 1_000_000): VirtualTime {
  let [elapsed, offset] = [0, start];
  const timers = new Set<{ at: number; readonly ms: number; readonly tick: () => void }>();

  async function tickNext(end: number): Promise<boolean> {
    const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
    if (next === undefined) return false;
    elapsed = next.at;
    next.at += next.ms;
    next.tick();
    await letRun();
    return true;
  }

  return {
    clock: () => offset + elapsed,
    every(ms, tick) {
      const timer = { at: elapsed + ms, ms, tick };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    countTimers: () => timers.size,
    async pass(ms) {
      const end = elapsed + ms;
      await letRun();
      while (await tickNext(end));
      elapsed = end;
    },
    setClock(ms) {
      offset = ms - elapsed;
    },
  };
}

/** Until everything that can go on has done so. */
export function letRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
