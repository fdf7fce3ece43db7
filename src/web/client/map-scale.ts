/** From the map's own units to the picture's, and from one mark to the next in some direction. Pure. */

/** A place, in either. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** How units become pixels: the same length in both directions, so that distances can be compared. */
export interface MapScale {
  /** Pixels of one unit. */
  readonly unit: number;
  place(spot: Spot): Spot;
}

/** `width` and `height` of the picture; nothing lies nearer to its rim than `margin`. Upwards is up. */
export function fitScale(spots: readonly Spot[], width: number, height: number, margin: number): MapScale {
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
  const [left, right, low, high] = [min(xs), -min(xs.map(negate)), min(ys), -min(ys.map(negate))];
  const unit = Math.min(
    (width - 2 * margin) / Math.max(right - left, 1),
    (height - 2 * margin) / Math.max(high - low, 1),
  );
  const place = ({ x, y }: Spot) => ({
    x: round(width / 2 + unit * (x - (left + right) / 2)),
    y: round(height / 2 - unit * (y - (low + high) / 2)),
  });
  return { unit, place };
}

/** Right and down by key. */
const DIRECTIONS: Readonly<Record<string, Spot>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The nearest mark that way, what lies aside counting double; null where there is none, or for any other key. In pixels. */
export function stepFrom(at: number, key: string, spots: readonly Spot[]): number | null {
  if (!Object.hasOwn(DIRECTIONS, key)) return null;
  const way = DIRECTIONS[key];
  const from = spots[at];
  let best: number | null = null;
  let shortest = Number.POSITIVE_INFINITY;
  spots.forEach(({ x, y }, i) => {
    const [dx, dy] = [x - from.x, y - from.y];
    const along = dx * way.x + dy * way.y;
    const aside = Math.abs(dx * way.y - dy * way.x);
    const length = along + 2 * aside;
    if (i === at || along <= 0 || aside > 2 * along || length >= shortest) return;
    [best, shortest] = [i, length];
  });
  return best;
}

/** How far apart two places are. */
export function distanceBetween(a: Spot, b: Spot): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Place in `spots` of the one that lies nearest to `spot`, but for `without`; -1 where there is none. */
export function nearestTo(spot: Spot, spots: readonly Spot[], without = -1): number {
  return spots.reduce(
    (best, other, i) =>
      i !== without && (best < 0 || distanceBetween(other, spot) < distanceBetween(spots[best], spot)) ? i : best,
    -1,
  );
}

function min(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function negate(value: number): number {
  return -value;
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
