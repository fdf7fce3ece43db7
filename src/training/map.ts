/**
 * A map of the menu for a person who asked for it: the examples of a version in two dimensions. What it costs is bounded: at most `MAP_SIZE`
 * items and examples are read and drawn, with the factorised scatter that explanations use as well.
 */
import { drawMap } from "../head/draw-map.ts";
import type { Kernels } from "../head/kernels/kernels.ts";
import type { Database } from "../store/database.ts";
import { type MapSize, readMapHead, readMapRows } from "../store/heads/explanation.ts";
import type { FindMetric } from "./explain.ts";

/** More items are a carpet; with their embeddings so many examples are 1.7 MB of text at 1,280 numbers. */
const MAP_SIZE: MapSize = { items: 100, examples: 1_000 };
/** A run that writes between two reads makes them worthless; two runs in a row are minutes apart. */
const MAX_TRIES = 3;
/** Two classes are needed to tell anything apart. */
const MIN_ITEMS = 2;

/** An example on the map. */
interface MapPoint {
  readonly photo: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** Whether the version doubts the label. */
  readonly doubted: boolean;
  /** What the version answered instead, left out; null where it was right, or did not judge it. */
  readonly answered: string | null;
  readonly looks: string | null;
}

interface MapItem {
  readonly label: string;
  /** The number of all its examples, drawn or not. */
  readonly x: number;
  readonly y: number;
  readonly examples: number;
}

/** Distances are in units of how far the examples of an item typically differ along a direction. */
export interface MenuMap {
  readonly items: readonly MapItem[];
  readonly points: readonly MapPoint[];
  /** The share of what sets the items apart that lies across and upwards. */
  readonly shares: readonly [number, number];
  /** Examples and items of the version's statistics; fewer may be drawn. */
  readonly exampleCount: number;
  readonly itemCount: number;
  /** Whether the version was learnt from these very statistics. */
  readonly isCurrent: boolean;
}

/**
 * `unknown` where there is no such version, `foreign` where it is another backbone's, `empty` where there are not two items with examples, or no
 * statistics that can be read.
 */
export type DrawMenuMap = (
  db: Database,
  backbone: { readonly id: string; readonly dimension: number },
  version: number,
) => Promise<{ readonly map: MenuMap } | "unknown" | "foreign" | "empty">;

/** One per isolate. */
export function createMapDrawer(kernels: Kernels, findMetric: FindMetric, size: MapSize = MAP_SIZE): DrawMenuMap {
  return async function drawMenuMap(db, { id, dimension }, version) {
    const head = await readMapHead(db, version);
    if (head === null) return "unknown";
    if (head.backboneId !== id) return "foreign";
    const { classIds, rho } = head;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const rows = await readMapRows(db, classIds, size);
      if (rows.sums.size < MIN_ITEMS) return "empty";
      const metric = await findMetric(db, dimension, rows.statisticsVersion, rho);
      if (metric !== null) return { map: assemble({ head, rows, metric }, kernels) };
    }
    return "empty";
  };
}

interface Parts {
  readonly head: NonNullable<Awaited<ReturnType<typeof readMapHead>>>;
  readonly rows: Awaited<ReturnType<typeof readMapRows>>;
  readonly metric: NonNullable<Awaited<ReturnType<FindMetric>>>;
}

function assemble({ head, rows, metric }: Parts, kernels: Kernels): MenuMap {
  const labels = [...rows.sums.keys()];
  const classes = [...rows.sums.values()];
  const at = new Map(labels.map((label, k) => [label, k]));
  const drawn = drawMap(
    {
      metric,
      classes,
      rows: rows.examples.map(({ label, embedding }) => ({ classAt: at.get(label) ?? 0, embedding })),
    },
    kernels,
  );
  const doubted = new Set(head.doubted);
  const answers = new Map(head.mistakes?.map(([photo, , answered]) => [photo, head.classIds[answered]]));
  return {
    items: labels.map((label, k) => ({ label, ...pairAt(drawn.centres, k), examples: classes[k].count })),
    points: rows.examples.map(({ photo, label, looks }, i) => ({
      photo,
      label,
      ...pairAt(drawn.points, i),
      doubted: doubted.has(photo),
      answered: answers.get(photo) ?? null,
      looks,
    })),
    shares: drawn.shares,
    exampleCount: classes.reduce((sum, { count }) => sum + count, 0),
    itemCount: rows.itemCount,
    isCurrent: head.statisticsVersion === rows.statisticsVersion,
  };
}

/** To three digits: a thousandth of a photo's spread is less than a pixel. */
function pairAt(pairs: Float64Array, at: number) {
  const [x, y] = [pairs[2 * at], pairs[2 * at + 1]].map((value) => Number(value.toFixed(3)));
  return { x, y };
}
