/// <reference path="./ml-logistic-regression.d.ts" />
/**
 * What else npm offers for the same job, on the same rows: `ml-logistic-regression` and `@tensorflow-models/knn-classifier`.
 * Neither finishes the whole problem in reasonable time, so each gets a stated part of it.
 */
import { setBackend, tensor1d } from "@tensorflow/tfjs-core";
import { create } from "@tensorflow-models/knn-classifier";
import "@tensorflow/tfjs-backend-cpu";
import LogisticRegression from "ml-logistic-regression";
import { Matrix } from "ml-matrix";
import { RIVAL_ROWS, type RivalTiming } from "../../cli/bench/rivals.ts";
import { dequantiseInto } from "../../src/head/embedding.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";

/** Of the 50,000 that ml-logistic-regression takes by default. */
const LOGISTIC_STEPS = 1;
const LOGISTIC_DEFAULT_STEPS = 50_000;
const KNN_ANSWERS = 10;
const KNN_NEIGHBOURS = 3;

/** `rows` are labelled `c0`, `c1` ..; at most `RIVAL_ROWS` are used. */
export async function timeClassifiers(rows: readonly LabelledEmbedding[]): Promise<RivalTiming> {
  const few = rows.slice(0, RIVAL_ROWS);
  const vectors = few.map(({ embedding }) => {
    const vector = new Float64Array(embedding.values.length);
    dequantiseInto(embedding, vector);
    return vector;
  });
  const labels = few.map(({ classId }) => Number(classId.slice(1)));
  const mlLogisticRegressionStepSeconds = timeLogistic(vectors, labels);
  return {
    rows: few.length,
    mlLogisticRegressionStepSeconds,
    mlLogisticRegressionFitSecondsComputed: (mlLogisticRegressionStepSeconds / LOGISTIC_STEPS) * LOGISTIC_DEFAULT_STEPS,
    ...(await timeNeighbours(vectors, labels)),
  };
}

function timeLogistic(vectors: readonly Float64Array[], labels: readonly number[]): number {
  const model = new LogisticRegression({ numSteps: LOGISTIC_STEPS, learningRate: 5e-4 });
  const features = new Matrix(vectors.map((vector) => [...vector]));
  const start = performance.now();
  model.train(features, Matrix.columnVector([...labels]));
  return (performance.now() - start) / 1000;
}

async function timeNeighbours(
  vectors: readonly Float64Array[],
  labels: readonly number[],
): Promise<Pick<RivalTiming, "knnAddSeconds" | "knnAnswerSeconds">> {
  await setBackend("cpu"); // the package brings the wasm backend too, for networks
  const model = create();
  const tensors = vectors.map((vector) => tensor1d(Float32Array.from(vector)));
  const start = performance.now();
  tensors.forEach((tensor, i) => {
    model.addExample(tensor, labels[i] ?? 0);
  });
  const knnAddSeconds = (performance.now() - start) / 1000;
  const answersFrom = performance.now();
  for (const tensor of tensors.slice(0, KNN_ANSWERS)) await model.predictClass(tensor, KNN_NEIGHBOURS);
  const knnAnswerSeconds = (performance.now() - answersFrom) / 1000 / KNN_ANSWERS;
  model.dispose();
  for (const tensor of tensors) tensor.dispose();
  return { knnAddSeconds, knnAnswerSeconds };
}
