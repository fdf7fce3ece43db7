/** Labels given in a random order, and to what the head would learn most from, ten at a time: what each hundred comes to on one set. */
import { chooseToLabel } from "../../../src/head/choose-to-label.ts";
import { fitHead } from "../../../src/head/fit.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { type Head, predict } from "../../../src/head/predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../../src/head/statistics.ts";
import { USUAL_CHARACTERS } from "../../backbone/text-blocks.ts";
import { joinRows } from "../../evaluate/choose-blocks.ts";
import { CommandError } from "../../shared/command.ts";
import { shuffled, type TextSet } from "./text-sets.ts";

export interface LabelFigures {
  readonly set: string;
  readonly classes: number;
  readonly draws: number;
  /** Accuracy on the test texts after so many labels, means over the draws. */
  readonly steps: readonly { readonly labels: number; readonly random: number; readonly chosen: number }[];
  /** Chosen labels that reach the accuracy of the last random step; null if they never do. */
  readonly needed: number | null;
}

/** Random ones, before there is a head to ask. */
const FIRST_LABELS = 20;
const LABELS_PER_STEP = 10;
/** All there are, where a set has fewer. */
const LABELS = 100;
const DRAWS = 5;

type Choose = (head: Head, left: readonly LabelledEmbedding[]) => readonly LabelledEmbedding[];

const inOrder: Choose = (_, left) => left.slice(0, LABELS_PER_STEP);
const whatTeaches: Choose = (head, left) => {
  const embeddings = left.map(({ embedding }) => embedding);
  return chooseToLabel(head, embeddings, LABELS_PER_STEP).map((i) => left[i]);
};

/** Throws `CommandError` where no head can be made. */
export function measureLabels({ set, train, test }: TextSet, kernels: Kernels): LabelFigures {
  const [taught, judged] = [joinRows(train, USUAL_CHARACTERS).rows, joinRows(test, USUAL_CHARACTERS).rows];
  return { set, ...compareOrders(taught, judged, kernels) };
}

/** The same for embeddings: those to label, and those that judge. */
export function compareOrders(
  taught: readonly LabelledEmbedding[],
  judged: readonly LabelledEmbedding[],
  kernels: Kernels,
): Omit<LabelFigures, "set"> {
  const classIds = [...new Set(taught.map(({ classId }) => classId))].sort();
  const meanCurve = (choose: Choose) => {
    const curves = Array.from({ length: DRAWS }, (_, i) =>
      labelOnwards(shuffled(taught, i + 1), choose, (labelled) => scoreOf(teach(labelled, classIds, kernels), judged)),
    );
    return curves[0].map((_, step) => curves.reduce((sum, curve) => sum + curve[step], 0) / DRAWS);
  };
  const [random, chosen] = [meanCurve(inOrder), meanCurve(whatTeaches)];
  const steps = random.map((value, i) => ({
    labels: FIRST_LABELS + i * LABELS_PER_STEP,
    random: value,
    chosen: chosen[i],
  }));
  const goal = random[random.length - 1];
  const needed = steps.find((step) => step.chosen >= goal)?.labels ?? null;
  return { classes: classIds.length, draws: DRAWS, steps, needed };
}

/** What `judge` says of the labelled ones at each step; its head chooses the next ones. */
function labelOnwards(
  order: readonly LabelledEmbedding[],
  choose: Choose,
  judge: (labelled: readonly LabelledEmbedding[]) => { readonly head: Head; readonly accuracy: number },
): number[] {
  const wanted = Math.min(LABELS, order.length);
  const labelled = order.slice(0, FIRST_LABELS);
  let left = order.slice(FIRST_LABELS);
  const curve: number[] = [];
  for (;;) {
    const { head, accuracy } = judge(labelled);
    curve.push(accuracy);
    if (labelled.length >= wanted) return curve;
    const next = new Set(choose(head, left));
    labelled.push(...next);
    left = left.filter((row) => !next.has(row));
  }
}

function teach(labelled: readonly LabelledEmbedding[], classIds: readonly string[], kernels: Kernels): Head {
  const statistics = createStatistics(labelled[0].embedding.values.length);
  addExamples(statistics, labelled, kernels);
  const options = { classIds, kernels, priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true };
  const fitted = fitHead(statistics, labelled, options);
  if (!fitted.ok) throw new CommandError(fitted.error.message);
  return fitted.value.head;
}

function scoreOf(head: Head, judged: readonly LabelledEmbedding[]) {
  const right = judged.filter(({ classId, embedding }) => predict(head, embedding).scores[0].classId === classId);
  return { head, accuracy: right.length / judged.length };
}
