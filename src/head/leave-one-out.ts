/**
 * Exact leave-one-out in closed form: what the discriminant would have said of each row, had it never seen it. No refit:
 * leaving row x of class c out takes `b d d^T` from A, `d = x - c_c`, `b = n/(n-1)`, and moves one mean.
 * (Sherman-Morrison; m and the ridge are held fixed.)
 */
import { type Discriminant, strangerNorm } from "./discriminant.ts";
import type { RealArray } from "./kernels/kernels.ts";
import { type LeftOutPicture, leavePictureOut } from "./leave-copies-out.ts";

/** `1 - b h` is positive in exact arithmetic; float32 may round a row that A barely covers below this. */
const SMALLEST_COMPLEMENT = 1e-6;

/** What is left to say beside the scores. */
export interface LeftOut {
  /** `mean_i b h_i / (1 - b h_i)`, the noise of a prototype that stands on one photo; 0 without rows. */
  readonly tau: number;
  /** Pictures that have copies, without these. */
  readonly pictures: readonly LeftOutPicture[];
}

/** Shift and curvature that leaving one row out brings to all its scores. */
interface RowTerms {
  /** `n_c` of the row's class. */
  readonly n: number;
  /** `h = d^T A^-1 d`. */
  readonly h: number;
  /** `u = x^T A^-1 d`. */
  readonly u: number;
  /** `g = b / (1 - b h)`. */
  readonly g: number;
}

/**
 * Replaces V by the leave-one-out scores without the small-sample term (n x K), with `E_i = L^-1 (x_i - mu_c)`,
 * `h = |E_i|^2`, `v_k = E_i . Y_k`, `z_k = x_i . w_k = v_k + C_ck`, `u = x_i^T A^-1 d = h + v_c`:
 *
 *   k != c:  o_k = z_k + g u v_k - (q_k + g v_k^2) / 2
 *   k  = c:  v' = v_c - h/(n-1),  o_c = z_c - u/(n-1) + g u v' - (q_c - 2 v_c/(n-1) + h/(n-1)^2 + g v'^2) / 2
 *
 * The strangers' mean is scored like any other class, and what the row's absence adds to `Q(x) = (x - m)^T A^-1 (x - m)` is
 * `g u^2`: both go to the discriminant, for the distances.
 *
 * Both are those without all copies of it for the row that stands for a picture with copies.
 */
export function leaveOneOutInPlace(discriminant: Discriminant): LeftOut {
  const { problem, rows, products, prototypeProducts, stranger, shifts } = discriminant;
  const { counts, stats } = problem;
  const { labels } = problem.rows;
  const D = stats.dimension;
  const K = counts.length;
  const normOfStrangers = strangerNorm(discriminant);
  const pictures = leavePicturesOut(discriminant, normOfStrangers);
  let tau = 0;
  for (let i = 0; i < labels.length; i++) {
    const c = labels[i];
    const n = counts[c];
    const h = sumOfSquares(rows, i * D, D);
    const b = n / (n - 1);
    const g = b / Math.max(SMALLEST_COMPLEMENT, 1 - b * h);
    tau += g * h;
    const u = h + products[i * K + c];
    shifts[i] = g * u * u;
    stranger.products[i] = scoreOther({ g, u }, stranger.products[i], stranger.prototypeProducts[c], normOfStrangers);
    scoreRow({ n, h, u, g }, c, K, products, i * K, prototypeProducts);
  }
  for (const { members, stranger: score, shift } of pictures) {
    stranger.products[members[0]] = score;
    shifts[members[0]] = shift;
  }
  return { tau: labels.length === 0 ? 0 : tau / labels.length, pictures };
}

/** For pictures that have copies; one that is all there is of its class cannot be left out. Reads what leave-one-out overwrites. */
function leavePicturesOut(discriminant: Discriminant, strangerNorm: number): LeftOutPicture[] {
  const { counts, rows } = discriminant.problem;
  return rows.pictures
    .filter((members) => members.length > 1 && members.length < counts[rows.labels[members[0]]])
    .map((members) => leavePictureOut(discriminant, members, strangerNorm));
}

/**
 * `out = scores + tau / (2 (n_k + offset))`, with `n_k - 1` for the row's own class: a prototype of few photos lies too
 * far from its own class by chance, and gets that distance back. `offset` is `h` of the formula.
 */
export function addSmallSampleTerm(
  discriminant: Discriminant,
  scores: RealArray,
  tau: number,
  offset: number,
  out: RealArray,
): void {
  const { counts, rows } = discriminant.problem;
  const K = counts.length;
  const terms = counts.map((n) => tau / (2 * (n + offset)));
  const ownTerms = counts.map((n) => tau / (2 * (n - 1 + offset)));
  for (let i = 0; i < rows.labels.length; i++) {
    for (let k = 0; k < K; k++) {
      const term = k === rows.labels[i] ? ownTerms[k] : terms[k];
      out[i * K + k] = scores[i * K + k] + term;
    }
  }
}

/** `o_k` of a class that the row does not belong to, from `v_k`, `C_ck` and `q_k`. */
function scoreOther({ g, u }: Pick<RowTerms, "g" | "u">, v: number, product: number, norm: number): number {
  return v + product + g * u * v - (norm + g * v * v) / 2;
}

function scoreRow(row: RowTerms, c: number, K: number, products: RealArray, at: number, C: RealArray): void {
  const { n, h, u, g } = row;
  const vOwn = products[at + c];
  for (let k = 0; k < K; k++) {
    products[at + k] = scoreOther(row, products[at + k], C[c * K + k], C[k * K + k]);
  }
  const qOwn = C[c * K + c];
  const share = 1 / (n - 1);
  const shifted = vOwn - h * share;
  const curvature = qOwn - 2 * vOwn * share + h * share * share + g * shifted * shifted;
  products[at + c] = vOwn + qOwn - u * share + g * u * shifted - curvature / 2;
}

function sumOfSquares(values: RealArray, start: number, length: number): number {
  let sum = 0;
  for (let d = start; d < start + length; d++) sum += values[d] * values[d];
  return sum;
}
