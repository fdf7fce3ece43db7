/**
 * `npm run bench -- map`: which two directions show the items of a menu best. Of the training photos of each shared set one half is learnt from and
 * drawn; the other half, which the map has never seen, says whether its photos lie nearest to their own item as well. No test photo is touched.
 */
import { Command } from "commander";
import { drawMap, type MapProblem } from "../../src/head/draw-map.ts";
import { fitHead } from "../../src/head/fit.ts";
import { type Kernels, packedLength } from "../../src/head/kernels/kernels.ts";
import { factoriseScatter, type Metric, openScatter, takeOffMeans } from "../../src/head/metric.ts";
import { findDirections } from "../../src/head/principal-directions.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import type { EmbeddedMenu } from "./accuracy-trials.ts";
import { embedMenus } from "./embed-menus.ts";
import { seededNumbers } from "./head-data.ts";

const SPLITS = 4;
const AXES = 2;
/** So that the first two come out clean. */
const DIRECTIONS = 8;
const ITERATIONS = 60;

/** Shares of photos that lie nearest to the middle of their own item, but for `shown`; means of all splits. */
interface MapFigures {
  readonly menu: string;
  /** The share that the map shows of what sets the items apart. */
  readonly shown: number;
  /** Photos learnt from: as the map draws them, and as it would without leaving each out. */
  readonly drawn: number;
  readonly asTaught: number;
  /** Photos of the other half, by the map's directions and by three others. */
  readonly unseen: number;
  readonly whitened: number;
  readonly means: number;
  readonly raw: number;
}

export function createMapBench(): Command {
  return new Command("map")
    .description("how well two directions show the items of the shared menus")
    .option("--backbone <name>", "what embeds the photos", "headstart-128")
    .option("--json", "print one JSON object")
    .action(async ({ backbone, json }: { backbone: string; json?: boolean }) => {
      const kernels = await loadHeadKernels();
      const figures = (await embedMenus(backbone)).map((menu) => measureMap(menu, kernels));
      console.log(json ? JSON.stringify({ backbone, figures }, null, 2) : describeMap(figures));
    });
}

/** Means of `SPLITS` halvings of the training photos. */
export function measureMap({ menu, rows, trainCount }: EmbeddedMenu, kernels: Kernels): MapFigures {
  const splits = Array.from({ length: SPLITS }, (_, split) => measureSplit(rows.slice(0, trainCount), split, kernels));
  const mean = (pick: (figures: Omit<MapFigures, "menu">) => number) =>
    splits.reduce((sum, figures) => sum + pick(figures), 0) / SPLITS;
  return {
    menu,
    shown: mean(({ shown }) => shown),
    drawn: mean(({ drawn }) => drawn),
    asTaught: mean(({ asTaught }) => asTaught),
    unseen: mean(({ unseen }) => unseen),
    whitened: mean(({ whitened }) => whitened),
    means: mean(({ means }) => means),
    raw: mean(({ raw }) => raw),
  };
}

function measureSplit(rows: readonly LabelledEmbedding[], split: number, kernels: Kernels): Omit<MapFigures, "menu"> {
  const { taught, fresh } = halve(rows, split + 1);
  const [{ dimension: D }, stats] = [
    { dimension: taught[0].embedding.values.length },
    createStatistics(taught[0].embedding.values.length),
  ];
  addExamples(stats, taught, kernels);
  const ids = [...stats.classes.keys()];
  const fitted = fitHead(stats, taught, { classIds: ids, priorExponent: 0, unknownAlpha: 0.05, kernels });
  if (!fitted.ok) throw new Error(fitted.error.message);
  const scatter = openScatter(D, stats.gram.slice());
  takeOffMeans(scatter, [...stats.classes.values()], kernels);
  const metric = factoriseScatter(scatter, fitted.value.rho, kernels);
  if (metric === null) throw new Error("not positive definite");
  const toRows = (some: readonly LabelledEmbedding[]) =>
    some.map(({ classId, embedding }) => ({ classAt: ids.indexOf(classId), embedding }));
  const known: MapProblem = { metric, classes: [...stats.classes.values()], rows: toRows(taught) };
  // One photo cannot be left out, so these are drawn as they lie; the items of the sets have about as many photos each.
  const classes = known.classes.map(({ count, sum }) => ({ count: 1, sum: sum.map((value) => value / count) }));
  const [whole, unseen] = [known.rows, toRows(fresh)].map((some): MapProblem => ({ ...known, classes, rows: some }));
  const drawn = drawMap(known, kernels);
  const plain = { ...metric, factor: null };
  return {
    shown: drawn.shares[0] + drawn.shares[1],
    drawn: shareAtHome(known, drawn),
    asTaught: shareAtHome(whole, drawMap(whole, kernels)),
    unseen: shareAtHome(unseen, drawMap(unseen, kernels)),
    whitened: shareAtHome(unseen, drawPrincipal(known, unseen, kernels)),
    means: shareAtHome(unseen, drawMap({ ...unseen, metric: plain }, kernels)),
    raw: shareAtHome(unseen, drawPrincipal({ ...known, metric: plain }, unseen, kernels)),
  };
}

/** Every item's photos in two halves, the same ones for the same seed. */
function halve(rows: readonly LabelledEmbedding[], seed: number) {
  const random = seededNumbers(seed);
  const shuffled = rows.map((row) => ({ row, at: random() })).sort((a, b) => a.at - b.at);
  const seen = new Map<string, number>();
  const isTaught = shuffled.map(({ row }) => {
    const count = seen.get(row.classId) ?? 0;
    seen.set(row.classId, count + 1);
    return count % 2 === 0;
  });
  return {
    taught: shuffled.filter((_, i) => isTaught[i]).map(({ row }) => row),
    fresh: shuffled.filter((_, i) => !isTaught[i]).map(({ row }) => row),
  };
}

interface Places {
  readonly points: ArrayLike<number>;
  readonly centres: ArrayLike<number>;
}

function shareAtHome({ rows }: MapProblem, { points, centres }: Places): number {
  const distance = (i: number, k: number) =>
    Math.hypot(points[2 * i] - centres[2 * k], points[2 * i + 1] - centres[2 * k + 1]);
  const atHome = rows.filter(({ classAt }, i) => {
    const own = distance(i, classAt);
    return Array.from({ length: centres.length / 2 }, (_, k) => distance(i, k)).every((other) => other >= own);
  });
  return atHome.length / rows.length;
}

/** Along the directions in which the taught photos differ most, whatever they show, in the metric's space. */
function drawPrincipal(taught: MapProblem, shown: MapProblem, kernels: Kernels): Places {
  const { metric, classes, rows } = taught;
  const D = metric.dimension;
  const known = whiten(
    metric,
    rows.map(({ embedding }) => vectorOf(embedding)),
    kernels,
  );
  const arena = kernels.openArena(packedLength(D) + known.length + D * D + 2 * DIRECTIONS * D);
  const [packed, all] = [arena.take(packedLength(D)), arena.take(known.length)];
  all.set(known);
  kernels.addOuterProducts(packed, all, rows.length, D, 1);
  const room = { square: arena.take(D * D), vectors: arena.take(2 * DIRECTIONS * D) };
  const axes = findDirections(kernels, packed, D, DIRECTIONS, room, ITERATIONS).vectors.slice(0, AXES * D);
  const project = (vectors: readonly Float64Array[]) => {
    const white = whiten(metric, vectors, kernels);
    return Float64Array.from({ length: AXES * vectors.length }, (_, at) => {
      const [i, axis] = [Math.floor(at / AXES), at % AXES];
      return white.subarray(i * D, (i + 1) * D).reduce((sum, value, d) => sum + value * axes[axis * D + d], 0);
    });
  };
  return {
    points: project(shown.rows.map(({ embedding }) => vectorOf(embedding))),
    centres: project(classes.map(({ sum, count }) => sum.map((value) => value / count))),
  };
}

/** `L^-1 (x - m)` of each. */
function whiten(
  { dimension: D, mean, factor }: Metric,
  vectors: readonly Float64Array[],
  kernels: Kernels,
): Float64Array {
  const arena = kernels.openArena(D * D + vectors.length * D);
  const [lower, rows] = [arena.take(D * D), arena.take(vectors.length * D)];
  vectors.forEach((vector, i) => {
    for (let d = 0; d < D; d++) rows[i * D + d] = vector[d] - mean[d];
  });
  if (factor !== null) {
    for (let i = 0; i < D; i++) lower.set(factor.subarray(packedLength(i), packedLength(i) + i + 1), i * D);
    kernels.solveForward(lower, D, rows, vectors.length);
  }
  return Float64Array.from(rows);
}

function vectorOf({ values, scale }: LabelledEmbedding["embedding"]): Float64Array {
  return Float64Array.from(values, (value) => value * scale);
}

function describeMap(figures: readonly MapFigures[]): string {
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  return [
    "| set | shown | learnt, as drawn | learnt, as taught | unseen | whitened, unseen | means, unseen | raw, unseen |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
    ...figures.map((one) => {
      const { menu, shown, drawn, asTaught, unseen, whitened, means, raw } = one;
      return `| ${menu} | ${[shown, drawn, asTaught, unseen, whitened, means, raw].map(share).join(" | ")} |`;
    }),
  ].join("\n");
}
