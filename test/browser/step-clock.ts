/** Times the steps of a flow, for tests to print; times are never asserted. */

export interface StepClock {
  /** Does the work and notes how long it took. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** One line per step under the title, and all of them together. */
  report(title: string): string;
}

export function startStepClock(): StepClock {
  const lines: string[] = [];
  let totalMs = 0;
  const format = (ms: number, name: string) => `${(ms / 1_000).toFixed(1).padStart(6)} s  ${name}`;
  async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = performance.now();
    const result = await work();
    const ms = performance.now() - before;
    totalMs += ms;
    lines.push(format(ms, name));
    return result;
  }
  return { step, report: (title) => [title, ...lines, format(totalMs, "in all")].join("\n") };
}
