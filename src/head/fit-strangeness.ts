/**
 * From a fitted discriminant to what its head knows strangers by: the rows of the distance, the distances of the menu's own
 * photos, each left out exactly, and the photos to remember. No second pass over the photos: the rows are those of the
 * leave-one-out sample.
 */
import type { Discriminant } from "./discriminant.ts";
import { findOutliers } from "./doubts.ts";
import type { Embedding } from "./embedding.ts";
import type { FitProblem } from "./fit-problem.ts";
import { cosineOf, NEAR_DUPLICATE_COSINE } from "./near-duplicates.ts";
import { MIN_CALIBRATION_ROWS, strangerPull, TAIL_SHARE } from "./policy.ts";
import { type Head, nearestLogit } from "./predict.ts";
import { appendPhotos, packProbes, planRoom, probeDistance } from "./probes.ts";
import {
  distanceOf,
  noneShare,
  quadraticOf,
  type Strangeness,
  shareStranger,
  strangenessOf,
  strangerScore,
} from "./strangeness.ts";

/** Copies of one photo lie at no distance: less than this part of a squared length is rounding, and makes nobody a stranger. */
const SMALLEST_TAIL = 0.01;

/** What was found of the rows that were left out, by row. */
interface LeftOutRows {
  /** Best score without the row, by the temperature: `max_k z_k / s`. */
  readonly nearest: ArrayLike<number>;
  /** What its absence adds to `Q`. */
  readonly shifts: ArrayLike<number>;
  /** Its score for the strangers' mean. */
  readonly strangers: ArrayLike<number>;
}

/** A solution as far as distances need it. */
interface DistanceOptions {
  readonly rho: number;
  readonly temperature: number;
  /** `w_0` (D numbers) and `q_0`. */
  readonly stranger: { readonly weights: ArrayLike<number>; readonly norm: number };
  readonly alpha: number;
}

/** How many marked photos ("not on the menu") the boundary finds. */
export interface StrangerEvaluation {
  readonly marked: number;
  /** Those that a boundary fitted without them finds; null with fewer than two. */
  readonly found: number | null;
  /** Photos of the menu that the boundary stands on, copies of one counted once; 0 where the items' distances to each other had to do. */
  readonly knownPhotos: number;
  /** Whether these are too few to show a share of alpha: then it is a guess what is unlike them. */
  readonly isGuess: boolean;
}

interface FittedStrangeness {
  readonly strangeness: Strangeness;
  readonly evaluation: StrangerEvaluation;
  /** For each row that lies far beyond the others when left out: the probability that it is none of the items; 0 for the others. */
  readonly none: Float64Array;
}

/** A distance, and `min_k d_k^2` alone. */
interface Measured {
  readonly distance: number;
  readonly nearest: number;
}

/** Overwrites the discriminant's factor, rows and prototypes; `head` is the one folded from it. */
export function fitStrangeness(
  discriminant: Discriminant,
  head: Head,
  leftOut: LeftOutRows,
  options: DistanceOptions,
): FittedStrangeness {
  const { problem } = discriminant;
  const { strangers, mean } = problem;
  const between = distancesBetweenItems(discriminant, options.stranger.norm);
  const room = planRoom(head.classIds.length, head.dimension);
  const pull = strangerPull(strangers.length);
  const { curvature, rows } = probeDistance(discriminant, options.rho, room.directions);
  const own = { weights: options.stranger.weights, constant: -options.stranger.norm / 2 };
  const unjudged: Strangeness = {
    ...packProbes(pull === 0 ? rows : [...rows, own], mean),
    directions: rows.length - 1,
    curvature,
    temperature: options.temperature,
    pull,
    taught: 0,
    marked: 0,
    known: new Float32Array(),
    tail: 1,
    alpha: options.alpha,
  };
  const photos = problem.rows.embeddings.map((embedding, i) => measureLeftOut(unjudged, embedding, leftOut, i));
  const distinct = photosOfPictures(problem, photos);
  const isEnough = discriminant.trace > 0 && distinct.length >= MIN_CALIBRATION_ROWS;
  const judged = { ...unjudged, ...judgeBy(isEnough ? distinct : [...distinct, ...between], curvature) };
  const knownPhotos = isEnough ? distinct.length : 0;
  const evaluation = {
    marked: strangers.length,
    found: countFound(judged, head, strangers),
    knownPhotos,
    isGuess: options.alpha > 0 && (knownPhotos + 1) * options.alpha < 1,
  };
  const suspects = { embeddings: problem.rows.embeddings, photos };
  const none = judgeOutliers(judged, photos);
  return { strangeness: remember(judged, head, suspects, strangers, room.remembered), evaluation, none };
}

/**
 * One of each picture: copies would only repeat it, and strangers come without copies. A picture that is all there is of its item
 * cannot be left out.
 */
function photosOfPictures({ rows, counts }: FitProblem, photos: readonly Measured[]): Measured[] {
  return rows.pictures.flatMap(([first, ...copies]) =>
    1 + copies.length < counts[rows.labels[first]] ? [photos[first]] : [],
  );
}

/** `Q + g u^2 - 2 ((1 + pull) max_k o_k - pull o_0)`: the distance in the eyes of a head that has not seen the row. */
function measureLeftOut(unjudged: Strangeness, embedding: Embedding, leftOut: LeftOutRows, i: number): Measured {
  const score = leftOut.nearest[i];
  const nearest = quadraticOf(unjudged, embedding) + leftOut.shifts[i] - 2 * score;
  return { nearest, distance: nearest - 2 * unjudged.pull * (score - leftOut.strangers[i]) };
}

/**
 * Where nearly every item has one photo, nothing says how much photos of an item differ. Then a photo is a stranger when it lies
 * farther from all items than they lie from each other: `min_{j != k} |c_k - c_j|^2` in the metric of A.
 */
function distancesBetweenItems(
  { problem, prototypeProducts: C, stranger }: Discriminant,
  strangerNorm: number,
): Measured[] {
  const K = problem.classIds.length;
  const pull = strangerPull(problem.strangers.length);
  return problem.classIds.map((_, k) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < K; j++) {
      if (j !== k) nearest = Math.min(nearest, C[k * K + k] - 2 * C[k * K + j] + C[j * K + j]);
    }
    const toStrangers = C[k * K + k] - 2 * stranger.prototypeProducts[k] + strangerNorm;
    return { nearest, distance: (1 + pull) * nearest - pull * toStrangers };
  });
}

function judgeBy(measured: readonly Measured[], curvature: number): Pick<Strangeness, "known" | "tail"> {
  const mean = measured.reduce((sum, { nearest }) => sum + Math.max(0, nearest), 0) / measured.length;
  const known = Float32Array.from(measured, ({ distance }) => distance).sort();
  return { known, tail: Math.max(TAIL_SHARE * mean, SMALLEST_TAIL * curvature) };
}

/** A share of the photos lies above any quantile, mistaken or not; far beyond the others lie those alone that are unlike them. */
function judgeOutliers(judged: Strangeness, photos: readonly Measured[]): Float64Array {
  const isOutlier = findOutliers(Float64Array.from(photos, ({ distance }) => distance));
  return Float64Array.from(photos, ({ distance }, i) =>
    isOutlier[i] ? Math.max(0.5, noneShare(shareStranger(judged, distance), judged.alpha)) : 0,
  );
}

/** A marked photo without itself lies `(n / (n - 1))^2` times as far from the mean of the others. */
function countFound(judged: Strangeness, head: Head, strangers: readonly Embedding[]): number | null {
  const n = strangers.length;
  if (n < 2) return null;
  const growth = (n / (n - 1)) ** 2 - 1;
  return strangers.filter((embedding) => {
    const distance = distanceOf(judged, embedding, nearestLogit(head, embedding));
    const toOthers = Math.max(0, quadraticOf(judged, embedding) - 2 * strangerScore(judged, embedding));
    return shareStranger(judged, distance - judged.pull * growth * toOthers) <= judged.alpha;
  }).length;
}

/**
 * Adds the photos that the distance alone judges wrongly: those marked that look known, and those taught that look strange, or
 * like a marked one that is remembered. A photo that a person has shown is judged by what the person said.
 */
function remember(
  judged: Strangeness,
  head: Head,
  { embeddings, photos }: { readonly embeddings: readonly Embedding[]; readonly photos: readonly Measured[] },
  strangers: readonly Embedding[],
  limit: number,
): Strangeness {
  const shareOf = (embedding: Embedding) => strangenessOf(judged, embedding, nearestLogit(head, embedding));
  const missed = strangers
    .map((embedding) => ({ embedding, share: shareOf(embedding) }))
    .filter(({ share }) => share > judged.alpha)
    .sort((a, b) => b.share - a.share)
    .slice(0, limit);
  const isNearMissed = (photo: Embedding) =>
    missed.some(({ embedding }) => cosineOf(embedding, photo) >= NEAR_DUPLICATE_COSINE);
  // A photo is nearer with itself taught than without: only those that are far without need a look.
  const isFarWithout = (i: number) => shareStranger(judged, photos[i].distance) <= judged.alpha;
  const doubted = embeddings
    .map((embedding, i) => ({
      embedding,
      share: isNearMissed(embedding) ? -1 : isFarWithout(i) ? shareOf(embedding) : 1,
    }))
    .filter(({ share }) => share <= judged.alpha)
    .sort((a, b) => a.share - b.share)
    .slice(0, limit);
  const remembered = [...doubted, ...missed].map(({ embedding }) => embedding);
  return { ...judged, ...appendPhotos(judged, remembered), taught: doubted.length, marked: missed.length };
}
