/** The part of ml-logistic-regression that the benchmark calls; the package ships no types. */
declare module "ml-logistic-regression" {
  import type { Matrix } from "ml-matrix";

  export default class LogisticRegression {
    constructor(options: { numSteps: number; learningRate: number });
    train(features: Matrix, labels: Matrix): void;
  }
}
