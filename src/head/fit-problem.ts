/**
 * What one fit is about: the classes to serve, the mean, and the rows that can be left out. Reads the statistics and
 * the sample, decides who takes part, and refuses what cannot be fitted.
 */
import { embeddingsOfAnotherLength, nothingShown, onlyOneShown } from "../shared/english/sums.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Sentence, Told } from "../shared/sentence.ts";
import type { Embedding } from "./embedding.ts";
import { groupNearDuplicates } from "./near-duplicates.ts";
import { countExamples, type LabelledEmbedding, type Statistics } from "./statistics.ts";

/** Why no head came out. */
export interface FitError {
  readonly code: "too_few_classes" | "dimension_mismatch" | "not_positive_definite";
  readonly message: string;
  /** What `message` says, for other languages. */
  readonly says: readonly Sentence[];
}

/** The error that the catalogue words. */
export function toFitError(code: FitError["code"], { text, says }: Told): FitError {
  return { code, message: text, says };
}

/** Rows whose own class keeps an example without them: n of them. */
interface LeaveOneOutRows {
  readonly embeddings: readonly Embedding[];
  /** Index into `FitProblem.classIds`, per row. */
  readonly labels: Int32Array;
  /** Rows of one class that show the same picture, one list for each picture. */
  readonly pictures: readonly (readonly number[])[];
  /** Index into the sample that the caller gave, per row. */
  readonly sampleIndex: Int32Array;
}

/** A fit of K classes in D dimensions. */
export interface FitProblem {
  readonly stats: Statistics;
  /** The K served classes: those asked for that have an example. */
  readonly classIds: readonly string[];
  /** `n_k`, K numbers. */
  readonly counts: Float64Array;
  /** N, examples of all classes, served or not. */
  readonly total: number;
  /** `m = sum_k S_k / N`, D numbers. */
  readonly mean: Float64Array;
  readonly rows: LeaveOneOutRows;
  /** Photos marked "not on the menu": no class, in no statistics; they only say where strangers lie. */
  readonly strangers: readonly Embedding[];
}

/** Poses the problem, or says what is missing: a head needs two classes with an example each. */
export function poseProblem(
  stats: Statistics,
  sample: readonly LabelledEmbedding[],
  requested: readonly string[],
  strangers: readonly Embedding[] = [],
): Result<FitProblem, FitError> {
  const classIds = requested.filter((classId) => countOf(stats, classId) > 0);
  if (classIds.length < 2) return err(tooFewClasses(classIds, requested.length));
  const embeddings = [...sample.map(({ embedding }) => embedding), ...strangers];
  if (embeddings.some(({ values }) => values.length !== stats.dimension)) {
    return err(toFitError("dimension_mismatch", embeddingsOfAnotherLength({ length: stats.dimension })));
  }
  const counts = Float64Array.from(classIds, (classId) => countOf(stats, classId));
  const rows = rowsToLeaveOut(sample, classIds, counts);
  return ok({ stats, classIds, counts, total: countExamples(stats), mean: meanOf(stats), rows, strangers });
}

/** Writes the centred prototypes `c_k = S_k / n_k - m` (K x D) to `out[offset..]`. */
export function writePrototypes(problem: FitProblem, out: Float32Array | Float64Array, offset: number): void {
  const { stats, classIds, counts, mean } = problem;
  const D = stats.dimension;
  classIds.forEach((classId, k) => {
    const sum = stats.classes.get(classId)?.sum ?? mean;
    for (let d = 0; d < D; d++) out[offset + k * D + d] = sum[d] / counts[k] - mean[d];
  });
}

/** Writes the centred mean of the strangers, `c_0 = mu_0 - m` (D numbers), to `out`; zeros without any. */
export function writeStrangerPrototype({ strangers, mean }: FitProblem, out: Float32Array | Float64Array): void {
  out.fill(0);
  for (const { values, scale } of strangers) {
    for (let d = 0; d < mean.length; d++) out[d] += (values[d] * scale - mean[d]) / strangers.length;
  }
}

/** Writes the residuals `x_i - mu_c`, c the class of row i (n x D), to the beginning of `out`. */
export function writeResiduals(problem: FitProblem, out: Float32Array | Float64Array): void {
  const { stats, classIds, counts, rows } = problem;
  const D = stats.dimension;
  rows.embeddings.forEach(({ values, scale }, i) => {
    const c = rows.labels[i];
    const sum = stats.classes.get(classIds[c])?.sum ?? problem.mean;
    for (let d = 0; d < D; d++) out[i * D + d] = values[d] * scale - sum[d] / counts[c];
  });
}

function countOf(stats: Statistics, classId: string): number {
  return stats.classes.get(classId)?.count ?? 0;
}

function tooFewClasses(classIds: readonly string[], requestedCount: number): FitError {
  const told = classIds.length === 0 ? nothingShown({ classes: requestedCount }) : onlyOneShown({ id: classIds[0] });
  return toFitError("too_few_classes", told);
}

function meanOf(stats: Statistics): Float64Array {
  const mean = new Float64Array(stats.dimension);
  for (const { sum } of stats.classes.values()) {
    for (let d = 0; d < mean.length; d++) mean[d] += sum[d];
  }
  const total = countExamples(stats);
  return mean.map((value) => value / total);
}

function rowsToLeaveOut(
  sample: readonly LabelledEmbedding[],
  classIds: readonly string[],
  counts: Float64Array,
): LeaveOneOutRows {
  const indexOf = new Map(classIds.map((classId, k) => [classId, k]));
  const kept = sample.flatMap(({ classId, embedding }, sampleIndex) => {
    const label = indexOf.get(classId);
    return label !== undefined && counts[label] >= 2 ? [{ label, embedding, sampleIndex }] : [];
  });
  return {
    pictures: findPictures(kept),
    embeddings: kept.map(({ embedding }) => embedding),
    labels: Int32Array.from(kept, ({ label }) => label),
    sampleIndex: Int32Array.from(kept, ({ sampleIndex }) => sampleIndex),
  };
}

function findPictures(kept: readonly { readonly label: number; readonly embedding: Embedding }[]): number[][] {
  const rows = kept.map(({ label, embedding }, row) => ({ label, embedding, row }));
  const byClass = Map.groupBy(rows, ({ label }) => label);
  return [...byClass.values()].flatMap((own) =>
    groupNearDuplicates(own).map((members) => members.map(({ row }) => row)),
  );
}
