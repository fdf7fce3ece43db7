/** Where a key leads in a grid of so many tiles, row by row. Pure. */

/** What there is to walk through. */
interface GridShape {
  readonly count: number;
  readonly columns: number;
  /** Rows that a page key moves by. */
  readonly pageRows: number;
}

/** The place to go to from `at`; null where the key moves nothing. It may lie beyond the last tile: more may come. */
export function moveBy(key: string, at: number, { count, columns, pageRows }: GridShape): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * pageRows,
    PageDown: columns * pageRows,
    Home: -at,
    End: count - 1 - at,
  };
  if (!Object.hasOwn(steps, key) || count === 0) return null;
  const wanted = at + steps[key];
  // Up from the first row stays; down from the last full row ends on the last tile.
  if (wanted < 0) return key.startsWith("Page") ? 0 : at;
  return Math.min(wanted, count - 1);
}
