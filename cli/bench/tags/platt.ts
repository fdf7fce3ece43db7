/**
 * From a score to a probability: Platt's logistic of one score, with his prior on the labels (Platt 1999; Lin, Lin and Weng 2007). Pure.
 *
 *   p = 1 / (1 + exp(-(a z + b))),   t+ = (n+ + 1) / (n+ + 2),   t- = 1 / (n- + 2)
 */
export interface Platt {
  readonly a: number;
  readonly b: number;
}

const MAX_STEPS = 100;
const TINY = 1e-10;

/** Minimises the cross-entropy to `t+` and `t-` by Newton's steps, each halved until it helps. Scores are brought to spread 1 before. */
export function fitPlatt(scores: readonly number[], labels: readonly boolean[]): Platt {
  const spread = Math.sqrt(meanOf(scores.map((z) => z * z))) || 1;
  const z = scores.map((score) => score / spread);
  const positive = labels.filter(Boolean).length;
  const high = (positive + 1) / (positive + 2);
  const low = 1 / (labels.length - positive + 2);
  const target = labels.map((label) => (label ? high : low));
  let at: Platt = { a: 0, b: Math.log((positive + 1) / (labels.length - positive + 1)) };
  let loss = lossAt(at, z, target);
  for (let step = 0; step < MAX_STEPS; step++) {
    const move = newtonMove(at, z, target);
    let share = 1;
    let next = at;
    let reached = Number.POSITIVE_INFINITY;
    for (; share > TINY && reached > loss; share /= 2) {
      next = { a: at.a - share * move.a, b: at.b - share * move.b };
      reached = lossAt(next, z, target);
    }
    if (!(reached < loss - TINY)) break;
    [at, loss] = [next, reached];
  }
  return { a: at.a / spread, b: at.b };
}

/** `p`. */
export function probabilityOf({ a, b }: Platt, score: number): number {
  return 1 / (1 + Math.exp(-(a * score + b)));
}

function lossAt({ a, b }: Platt, z: readonly number[], target: readonly number[]): number {
  // log(1 + exp(f)) - t f, without overflow
  return meanOf(z.map((score, i) => softplus(a * score + b) - target[i] * (a * score + b)));
}

function softplus(f: number): number {
  return Math.max(f, 0) + Math.log1p(Math.exp(-Math.abs(f)));
}

/** The gradient through the inverse of the Hessian. */
function newtonMove(at: Platt, z: readonly number[], target: readonly number[]): Platt {
  let [ga, gb, aa, ab, bb] = [0, 0, TINY, 0, TINY];
  z.forEach((score, i) => {
    const p = probabilityOf(at, score);
    const [gap, weight] = [p - target[i], p * (1 - p)];
    ga += gap * score;
    gb += gap;
    aa += weight * score * score;
    ab += weight * score;
    bb += weight;
  });
  const determinant = aa * bb - ab * ab;
  return { a: (bb * ga - ab * gb) / determinant, b: (aa * gb - ab * ga) / determinant };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
