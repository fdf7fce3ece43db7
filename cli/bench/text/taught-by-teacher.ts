/**
 * A few labels of people, then a teacher that is right this often: what the head achieves after this many calls, on one
 * set. The teacher is made from the true labels; when wrong it names the nearest class, always the same one, as models do.
 */
import { chooseToLabel } from "../../../src/head/choose-to-label.ts";
import { meanEmbedding } from "../../../src/head/descriptions.ts";
import { fitTaught, type TaughtFit } from "../../../src/head/judged-fit.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { type Head, predict } from "../../../src/head/predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../../src/head/statistics.ts";
import { CommandError } from "../../shared/command.ts";
import { pickShots, shuffled } from "./text-sets.ts";

/** The one who labels, and how often they are right: a person, whose labels count whole and judge, or a teacher. */
export interface Labeller {
  readonly accuracy: number;
  readonly isPerson: boolean;
}

/** After some calls: share of the judged texts answered right, and whether people's labels let the teacher's count. */
export interface TaughtFigures {
  readonly accuracy: number;
  readonly isAllowed: boolean;
}

export interface TeacherTrial {
  /** Texts that people may have labelled, and those that the labeller answers. */
  readonly texts: readonly LabelledEmbedding[];
  readonly judged: readonly LabelledEmbedding[];
  readonly kernels: Kernels;
  readonly seed: number;
}

/** Labels of people per class. */
export const SHOTS = 5;
/** Between two heads, as a job that asks now and then has them. */
const CALLS_PER_ROUND = 50;

/** After each of `steps` calls (ascending, the first may be 0), the least sure texts first. */
export function learnFrom(labeller: Labeller, steps: readonly number[], trial: TeacherTrial): TaughtFigures[] {
  const { texts, judged, kernels, seed } = trial;
  const people = pickShots(texts, SHOTS, seed);
  const known = new Set(people);
  const said = playTeacher(labeller, texts, seed);
  let left = shuffled(texts, seed).filter((row) => !known.has(row));
  const answered: LabelledEmbedding[] = [];
  const figures: TaughtFigures[] = [];
  const teachAll = () =>
    labeller.isPerson
      ? teach([...people, ...answered], [], classIds, kernels)
      : teach(people, answered, classIds, kernels);
  const classIds = [...new Set(texts.map(({ classId }) => classId))].sort();
  for (const step of steps) {
    let { fitted, verdict } = teachAll();
    while (answered.length < step && left.length > 0) {
      const count = Math.min(CALLS_PER_ROUND, step - answered.length);
      const embeddings = left.map(({ embedding }) => embedding);
      const asked = new Set(chooseToLabel(fitted.head, embeddings, count).map((i) => left[i]));
      for (const { embedding } of asked) answered.push({ embedding, classId: said.get(embedding) ?? "" });
      left = left.filter((row) => !asked.has(row));
      ({ fitted, verdict } = teachAll());
    }
    figures.push({ accuracy: shareOfRight(fitted.head, judged), isAllowed: verdict?.isAllowed ?? false });
  }
  return figures;
}

/** What the labeller says of each text: a share of them, spread by the seed, gets the class nearest to its own. */
function playTeacher({ accuracy }: Labeller, texts: readonly LabelledEmbedding[], seed: number) {
  const means = [...Map.groupBy(texts, ({ classId }) => classId)].map(([classId, own]) => ({
    classId,
    mean: meanEmbedding(own.map(({ embedding }) => embedding)),
  }));
  const nearest = new Map(
    means.map(({ classId, mean }) => {
      const others = means.filter((other) => other.classId !== classId);
      const distanceOf = (other: Float64Array) => other.reduce((sum, value, d) => sum + (value - mean[d]) ** 2, 0);
      return [classId, others.reduce((a, b) => (distanceOf(b.mean) < distanceOf(a.mean) ? b : a)).classId];
    }),
  );
  const wrong = new Set(shuffled(texts, seed + 1_000).slice(0, Math.round((1 - accuracy) * texts.length)));
  return new Map(texts.map((row) => [row.embedding, wrong.has(row) ? (nearest.get(row.classId) ?? "") : row.classId]));
}

function teach(
  people: readonly LabelledEmbedding[],
  answered: readonly LabelledEmbedding[],
  classIds: readonly string[],
  kernels: Kernels,
): TaughtFit {
  const statistics = createStatistics(people[0].embedding.values.length);
  addExamples(statistics, people, kernels);
  const options = { classIds, kernels, priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true };
  const fit = fitTaught(statistics, people, answered, options);
  if (!fit.ok) throw new CommandError(fit.error.message);
  return fit.value;
}

function shareOfRight(head: Head, judged: readonly LabelledEmbedding[]): number {
  const right = judged.filter(({ classId, embedding }) => predict(head, embedding).scores[0].classId === classId);
  return right.length / judged.length;
}
