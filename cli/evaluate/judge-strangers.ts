/** How well a head tells strangers from the photos of its menu. Pure. */
import type { Embedding } from "../../src/head/embedding.ts";
import { type Head, type Prediction, predict } from "../../src/head/predict.ts";

export interface StrangerFigures {
  /** Probability that a stranger looks stranger than a photo of the menu, ties counted half. */
  readonly auroc: number;
  /** Share of the strangers that are called unknown. */
  readonly found: number;
  /** Share of the menu's photos that are. */
  readonly falseAlarms: number;
}

/** Asks the head for every photo; `known` are of the menu and were not taught. */
export function judgeStrangers(
  head: Head,
  known: readonly Embedding[],
  strangers: readonly Embedding[],
): StrangerFigures {
  const ask = (embeddings: readonly Embedding[]) => embeddings.map((embedding) => predict(head, embedding));
  const [own, foreign] = [ask(known), ask(strangers)];
  return {
    auroc: areaUnderCurve(own.map(howStrange), foreign.map(howStrange)),
    found: share(foreign),
    falseAlarms: share(own),
  };
}

/** A head that measures no distances has its entropy for it. */
function howStrange({ strangeness, entropy }: Prediction): number {
  return strangeness === null ? entropy : -strangeness;
}

function share(answers: readonly Prediction[]): number {
  return answers.filter(({ isUnknown }) => isUnknown).length / answers.length;
}

/** `P(stranger > known) + P(stranger = known) / 2` over all pairs; NaN where one side is empty. */
export function areaUnderCurve(known: readonly number[], strangers: readonly number[]): number {
  let won = 0;
  for (const one of strangers) {
    for (const other of known) won += one > other ? 1 : one === other ? 0.5 : 0;
  }
  return won / (known.length * strangers.length);
}
