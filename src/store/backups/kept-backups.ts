/** Which backups stay: the newest of each of the last days and of each of the last weeks. Pure. */
import { dayOf } from "../../shared/time.ts";

/** How far back: today and this week are the first. */
export interface BackupRetention {
  readonly days: number;
  readonly weeks: number;
}

interface DatedBackup {
  readonly name: string;
  /** Unix time in ms. */
  readonly madeAt: number;
}

/** Names of the backups past their time at `now`, even if there is no newer one: what people have forgotten must go with them. */
export function chooseOutdated(
  backups: readonly DatedBackup[],
  { days, weeks }: BackupRetention,
  now: number,
): string[] {
  const newestFirst = backups.toSorted((a, b) => b.madeAt - a.madeAt);
  const today = dayOf(now);
  const kept = new Set([
    ...newestOfEach(newestFirst, (day) => (day > today - days ? day : null)),
    ...newestOfEach(newestFirst, (day) => (weekOf(day) > weekOf(today) - weeks ? weekOf(day) : null)),
  ]);
  return newestFirst.map(({ name }) => name).filter((name) => !kept.has(name));
}

function newestOfEach(newestFirst: readonly DatedBackup[], periodOf: (day: number) => number | null): string[] {
  const seen = new Set<number>();
  return newestFirst.flatMap(({ name, madeAt }) => {
    const period = periodOf(dayOf(madeAt));
    if (period === null || seen.has(period)) return [];
    seen.add(period);
    return [name];
  });
}

/** Weeks begin on Monday; day 0, the first of 1970, was a Thursday. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}
