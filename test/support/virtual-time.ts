/** Time that passes when a test says so: a clock, and sleepers who wake in their order. */

export interface VirtualTime {
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Lets so many ms pass; whoever wakes within them gets to run, and may sleep again. */
  pass(ms: number): Promise<void>;
  /** Sets the clock without anybody's sleep becoming shorter or longer. */
  setClock(ms: number): void;
}

export function createVirtualTime(start = 1_000_000): VirtualTime {
  let [elapsed, offset] = [0, start];
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  async function wakeNext(end: number): Promise<boolean> {
    const [next] = [...sleepers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
    if (next === undefined) return false;
    elapsed = next.at;
    sleepers.delete(next);
    next.wake();
    await letRun();
    return true;
  }

  return {
    clock: () => offset + elapsed,
    sleep: (ms) => new Promise((wake) => sleepers.add({ at: elapsed + ms, wake })),
    async pass(ms) {
      const end = elapsed + ms;
      await letRun();
      while (await wakeNext(end));
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
