/**
 * Cloudflare's Analytics Engine as a record of single answers, beside the sums per day. A deployment opts in by the binding `ANALYTICS`.
 * A point holds the answer, never who got it: no sample or its hash, no token or key, no address, no text of a guest.
 */

/** One answer, without its sample and its guest. */
interface AnswerPoint {
  readonly headVersion: number;
  /** The head was asked for by its number. */
  readonly isPinned: boolean;
  /** Id of the item in front, null where all are archived; and its score. */
  readonly item: string | null;
  readonly score: number;
  readonly isUnknown: boolean;
  /** Normalised, 0 to 1, over `items` items. */
  readonly entropy: number;
  readonly items: number;
  /** Share of the menu's own photos that look stranger; null from a head that cannot tell. */
  readonly strangeness: number | null;
  readonly origin: "server" | "device";
}

/** Returns at once; nothing tells whether the point arrived. */
export type WriteAnswerPoint = (point: AnswerPoint) => void;

/** Uses the binding of this environment; undefined without one. Nothing waits for a write, and a failed one fails no answer. */
export function createPointWriter(env: object): WriteAnswerPoint | undefined {
  const dataset = "ANALYTICS" in env ? env.ANALYTICS : undefined;
  if (!isDataset(dataset)) return undefined;

  return function writeAnswerPoint(point) {
    try {
      dataset.writeDataPoint(toDataPoint(point));
    } catch (cause) {
      console.error(JSON.stringify({ event: "analytics_failed", reason: String(cause) }));
    }
  };
}

/** A point has no nulls; no share is negative. */
const UNTOLD = -1;

/** The columns in the order of docs/operations.md, where each is named: queries know them by number. */
function toDataPoint({ headVersion, isPinned, item, score, isUnknown, origin, ...point }: AnswerPoint) {
  const { entropy, items, strangeness } = point;
  return {
    // The key by which Cloudflare samples when there are too many points; an item's id can be longer than the 96 bytes it may have.
    indexes: [`head ${headVersion}`],
    blobs: [item ?? "", isUnknown ? "unknown" : "known", origin, isPinned ? "pinned" : "live"],
    doubles: [headVersion, score, entropy, items, strangeness ?? UNTOLD],
  };
}

/** A decoder of a foreign value: `wrangler types` names the binding only where wrangler.toml has it. */
function isDataset(value: unknown): value is AnalyticsEngineDataset {
  return (
    typeof value === "object" &&
    value !== null &&
    "writeDataPoint" in value &&
    typeof value.writeDataPoint === "function"
  );
}
