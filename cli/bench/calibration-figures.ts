/**
 * Whether a score means what it says: of answers given with .8, eight in ten should be right. Measured on the photos that were left
 * out one by one, which is what the kitchen goes by, and on test photos, which is the truth. Pure.
 */
import { type Evaluation, evaluateRows, type JudgedRows } from "../../src/head/evaluate.ts";
import { fitHead } from "../../src/head/fit.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { CALIBRATION_BINS } from "../../src/head/policy.ts";
import { type Head, predict } from "../../src/head/predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import { takeStratified } from "../evaluate/sample.ts";
import { CommandError } from "../shared/command.ts";
import { meanOf } from "./accuracy-figures.ts";
import { HEAD_OPTIONS, pick } from "./accuracy-judges.ts";
import { type EmbeddedMenu, SEEDS, takeMenuShots, testRows } from "./accuracy-trials.ts";

/** Photos per item; the last is all that there are. */
export const CALIBRATION_SHOTS = [2, 5, 10, 20, Number.POSITIVE_INFINITY] as const;

/** Of one kind of photos, means over the seeds. */
export interface Calibration {
  /** Mean over 10 bins of confidence of |accuracy - confidence|, weighted by photos. */
  readonly error: number;
  /** What so few photos would show of a head whose every score is right. */
  readonly byChance: number;
  /** Mean confidence less accuracy: above 0 the head believes too much. */
  readonly excess: number;
}

export interface CalibrationFigures {
  readonly menu: string;
  /** Photos per item; of a set whose items have different numbers, `all`. */
  readonly shots: number | "all";
  readonly leaveOneOut: Calibration;
  readonly test: Calibration;
}

export function measureCalibration(menus: readonly EmbeddedMenu[], kernels: Kernels): CalibrationFigures[] {
  return menus.flatMap((menu) =>
    CALIBRATION_SHOTS.map((shots) => {
      const seeds = Number.isFinite(shots) ? SEEDS : SEEDS.slice(0, 1);
      const trials = seeds.map((seed) => judgeTrial(menu, takeMenuShots(menu, shots, seed), kernels));
      return {
        menu: menu.menu,
        shots: Number.isFinite(shots) ? shots : "all",
        leaveOneOut: meanCalibration(trials.map(({ leaveOneOut }) => leaveOneOut)),
        test: meanCalibration(trials.map(({ test }) => test)),
      };
    }),
  );
}

function judgeTrial(menu: EmbeddedMenu, train: readonly number[], kernels: Kernels) {
  const { classIds, rows } = menu;
  const known = pick(rows, train);
  const stats = createStatistics(known[0]?.embedding.values.length ?? 0);
  addExamples(stats, known, kernels);
  const fitted = fitHead(stats, takeStratified(known, classIds), { ...HEAD_OPTIONS, classIds, kernels });
  if (!fitted.ok || fitted.value.judged === null) throw new CommandError(`${menu.menu} has too few photos to judge.`);
  const { judged, head } = fitted.value;
  return { leaveOneOut: calibrationOf(judged), test: calibrationOf(judgeRows(head, pick(rows, testRows(menu)))) };
}

/** Scores among the items: what goes to "none of these" is another question. */
function judgeRows(head: Head, rows: readonly LabelledEmbedding[]): JudgedRows {
  const { classIds } = head;
  const probabilities = new Float64Array(rows.length * classIds.length);
  for (const [i, { embedding }] of rows.entries()) {
    const { scores } = predict(head, embedding);
    const total = scores.reduce((sum, { score }) => sum + score, 0);
    for (const { classId, score } of scores)
      probabilities[i * classIds.length + classIds.indexOf(classId)] = score / total;
  }
  const labels = Int32Array.from(rows, ({ classId }) => classIds.indexOf(classId));
  return { classIds, labels, sampleIndex: Int32Array.from(rows.keys()), probabilities };
}

/** The error of the rows, beside what their own confidences would show by chance. */
export function calibrationOf(rows: JudgedRows): Calibration {
  const evaluation: Evaluation = evaluateRows(rows);
  const K = rows.classIds.length;
  const confidences = Array.from(rows.labels, (_, i) => Math.max(...rows.probabilities.subarray(i * K, (i + 1) * K)));
  return {
    error: evaluation.expectedCalibrationError,
    byChance: errorByChance(confidences),
    excess: meanOf(confidences) - evaluation.accuracy,
  };
}

/**
 * `sum over bins of sqrt(2/pi sum_i c_i (1 - c_i)) / n`: the mean of |right - expected| in a bin of true confidences, by the normal
 * approximation.
 */
export function errorByChance(confidences: readonly number[]): number {
  const variance = new Float64Array(CALIBRATION_BINS);
  for (const c of confidences) {
    variance[Math.min(CALIBRATION_BINS - 1, Math.floor(c * CALIBRATION_BINS))] += c * (1 - c);
  }
  return variance.reduce((sum, v) => sum + Math.sqrt((2 / Math.PI) * v), 0) / confidences.length;
}

function meanCalibration(all: readonly Calibration[]): Calibration {
  const mean = (pickOne: (one: Calibration) => number) => meanOf(all.map(pickOne));
  return {
    error: mean(({ error }) => error),
    byChance: mean((one) => one.byChance),
    excess: mean((one) => one.excess),
  };
}
