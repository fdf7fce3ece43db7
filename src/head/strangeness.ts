/**
 * How unlike everything taught a photo is. Entropy cannot say it: a linear head is sure of itself far from what it has seen.
 * Distance can, and nearly all of it is in the scores already (z_k, temperature s, m and A as in fit.ts):
 *
 *   d_k^2 = (x - mu_k)^T A^-1 (x - mu_k) = Q(x) - 2 z_k / s,    Q(x) = (x - m)^T A^-1 (x - m) = a |x - m|^2 - sum_j (u_j . (x - m))^2
 *   distance(x) = (1 + pull) min_k d_k^2 - pull d_0^2             d_0: to the mean of the photos marked "not on the menu"
 *
 * `a` is A^-1 where the photos vary little, the u_j take back what that is too much along the directions in which they vary most.
 * Owns the measure as a classification takes it: R dot products beside those of the head. How it is fitted lies elsewhere.
 */
import { type Embedding, integerProduct } from "./embedding.ts";
import { NEAR_DUPLICATE_COSINE } from "./near-duplicates.ts";

/** R rows of D in int8; row j stands for `scales_j (rows_j . x) + offsets_j`. */
export interface Probes {
  readonly rows: Int8Array;
  readonly scales: Float32Array;
  readonly offsets: Float32Array;
}

/** What a head needs in order to know strangers. Its rows in this order: the mean, the directions, the strangers, photos to remember. */
export interface Strangeness extends Probes {
  /** Row 0 is `|x - m|^2`; then so many rows `u_j . (x - m)`. */
  readonly directions: number;
  /** `a`. */
  readonly curvature: number;
  /** s: what the scores are divided by. */
  readonly temperature: number;
  /** Weight of the photos marked "not on the menu", whose row is `w_0 . (x - m) - q_0 / 2`; 0, and no row, without any. */
  readonly pull: number;
  /** Rows of taught photos that the distance alone would call strangers. Their scales make cosines, like those of the next. */
  readonly taught: number;
  /** Rows of photos marked "not on the menu" that the distance alone would not. */
  readonly marked: number;
  /** Distances of the menu's own photos, each left out, ascending; those of the items to each other where there are too few. */
  readonly known: Float32Array;
  /** Beyond the last of them, so much distance makes a photo e times as strange. */
  readonly tail: number;
  /** A photo is unknown if at most this share of the known ones is stranger. */
  readonly alpha: number;
}

/**
 * The share of the menu's own photos that look stranger than this one: a conformal p-value, so a photo like them falls to
 * `alpha` or below with probability alpha. 1 for a remembered photo that was taught, 0 for one that was marked.
 *
 * @param nearest the largest `z_k` of the head for this embedding, among the items it may answer with
 */
export function strangenessOf(strangeness: Strangeness, embedding: Embedding, nearest: number): number {
  const remembered = findRemembered(strangeness, embedding);
  if (remembered !== undefined) return remembered ? 1 : 0;
  return shareStranger(strangeness, distanceOf(strangeness, embedding, nearest));
}

/** `distance(x)` as above. */
export function distanceOf(strangeness: Strangeness, embedding: Embedding, nearest: number): number {
  const { pull, temperature } = strangeness;
  const attraction = pull === 0 ? 0 : pull * strangerScore(strangeness, embedding);
  return quadraticOf(strangeness, embedding) - 2 * ((1 + pull) * (nearest / temperature) - attraction);
}

/** `Q(x)`. */
export function quadraticOf(strangeness: Strangeness, embedding: Embedding): number {
  let sum = strangeness.curvature * probe(strangeness, 0, embedding);
  for (let j = 1; j <= strangeness.directions; j++) sum -= probe(strangeness, j, embedding) ** 2;
  return sum;
}

/** `w_0 . (x - m) - q_0 / 2`, so that `d_0^2 = Q(x) - 2` times it. Only where `pull` is not 0. */
export function strangerScore(strangeness: Strangeness, embedding: Embedding): number {
  return probe(strangeness, 1 + strangeness.directions, embedding);
}

/** `(1 + those at least as far) / (n + 1)`; beyond the farthest it falls exponentially instead of staying at `1 / (n + 1)`. */
export function shareStranger({ known, tail }: Pick<Strangeness, "known" | "tail">, distance: number): number {
  const n = known.length;
  const farther = n - countBelow(known, distance);
  if (farther > 0) return (1 + farther) / (n + 1);
  return Math.exp((known[n - 1] - distance) / tail) / (n + 1);
}

/**
 * The probability that it is none of the items: 1/2 where the photo is just called unknown, 0 from twice that share on. A photo
 * like those taught loses alpha of its score by it on average.
 */
export function noneShare(strangeness: number, alpha: number): number {
  return strangeness === 0 ? 1 : 1 - Math.min(1, strangeness / (2 * alpha));
}

/** Whether the nearest remembered photo that shows the same picture was taught or marked; undefined where none shows it. */
function findRemembered(strangeness: Strangeness, embedding: Embedding): boolean | undefined {
  const { taught, marked, scales } = strangeness;
  const first = scales.length - taught - marked;
  let best = NEAR_DUPLICATE_COSINE;
  let wasTaught: boolean | undefined;
  for (let j = first; j < scales.length; j++) {
    const cosine = probe(strangeness, j, embedding);
    if (cosine <= best) continue;
    best = cosine;
    wasTaught = j < first + taught;
  }
  return wasTaught;
}

function probe({ rows, scales, offsets }: Probes, row: number, { values, scale }: Embedding): number {
  return integerProduct(rows, row, values) * scale * scales[row] + offsets[row];
}

/** How many of the ascending values are below `value`. */
function countBelow(ascending: Float32Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
