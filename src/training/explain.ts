/**
 * Which labelled samples an answer stands on: those of the answered item and of the one it is compared with, each with what it adds
 * to the margin. For a page that a person asked for, never for every answer. What it costs is bounded: of each item at most
 * `EXPLAINED_PER_CLASS` samples are weighed, with the factorised scatter that an isolate keeps.
 */

import type { Embedding } from "../head/embedding.ts";
import { explainAnswer } from "../head/explain.ts";
import type { Kernels } from "../head/kernels/kernels.ts";
import { factoriseScatter, type Metric } from "../head/metric.ts";
import type { TakeTurn } from "../shared/turns.ts";
import type { Database } from "../store/database.ts";
import { type ExplanationRows, readExplanationRows, readScatter } from "../store/heads/explanation.ts";
import type { LabelledExample } from "../store/labels/examples.ts";

/** Null where a run has written meanwhile, or the statistics cannot be read. */
export type FindMetric = (db: Database, dimension: number, version: number, rho: number) => Promise<Metric | null>;

/** One per isolate: 3.3 MB at 1,280 numbers. `takeTurn` keeps two scatters from being in memory at once. */
export function createMetricFinder(kernels: Kernels, takeTurn: TakeTurn): FindMetric {
  let known: { readonly version: number; readonly rho: number; readonly metric: Metric } | undefined;

  return function findMetric(db, dimension, version, rho) {
    return takeTurn(async () => {
      if (known?.version === version && known.rho === rho) return known.metric;
      known = undefined;
      const scatter = await readScatter(db, version, dimension, kernels);
      const metric = scatter && factoriseScatter(scatter, rho, kernels);
      if (metric !== null) known = { version, rho, metric };
      return metric;
    });
  };
}

/** Samples of one item that are weighed: with their embeddings 900 KB of text at 1,280 numbers. */
const EXPLAINED_PER_CLASS = 500;
/** A run that writes between two reads makes them worthless; two runs in a row are minutes apart. */
const MAX_TRIES = 3;

/** What to explain. */
interface AnswerToExplain {
  readonly headVersion: number;
  readonly embedding: Embedding;
  /** The item that was answered, and the one that it is compared with. */
  readonly answer: string;
  readonly against: string;
  /** Samples to name on each side, at most `MAX_EXPLAINED_PHOTOS`. */
  readonly photos: number;
}

/** A labelled sample, and what it adds to the margin in logits: negative speaks against the answer. */
export interface SpeakingPhoto {
  readonly example: LabelledExample;
  readonly contribution: number;
}

interface AnswerExplanation {
  readonly answer: string;
  readonly against: string;
  /** The sum over all samples of both items, weighed one by one or not. */
  readonly sum: number;
  /** Strongest first, like those against. */
  readonly speakFor: readonly SpeakingPhoto[];
  readonly speakAgainst: readonly SpeakingPhoto[];
  readonly weighed: number;
  /** Whether an item has more samples than are weighed. */
  readonly isCapped: boolean;
  /** Samples of both items that the statistics hold. */
  readonly learned: number;
  /** Whether the head was learnt from these very statistics; an older or newer one weighs the same samples a little differently. */
  readonly isCurrent: boolean;
}

/** Null where there is nothing to weigh: an item without samples by now, or no statistics that can be read. */
export type ExplainAnswer = (
  db: Database,
  dimension: number,
  wanted: AnswerToExplain,
) => Promise<AnswerExplanation | null>;

/** One per isolate. */
export function createExplainer(findMetric: FindMetric, perClass: number = EXPLAINED_PER_CLASS): ExplainAnswer {
  return async function explain(db, dimension, wanted) {
    const { headVersion, answer, against } = wanted;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const rows = await readExplanationRows(db, headVersion, [answer, against], perClass);
      if (rows.head === undefined || rows.statisticsVersion === 0) return null;
      const metric = await findMetric(db, dimension, rows.statisticsVersion, rows.head.rho);
      if (metric !== null) return weigh(metric, rows, rows.head, wanted, perClass);
    }
    return null;
  };
}

function weigh(
  metric: Metric,
  { statisticsVersion, sums, examples }: ExplanationRows,
  head: NonNullable<ExplanationRows["head"]>,
  { embedding, answer, against, photos }: AnswerToExplain,
  perClass: number,
): AnswerExplanation | null {
  const [one, other] = [sums.get(answer), sums.get(against)];
  if (one === undefined || other === undefined || one.count === 0 || other.count === 0) return null;
  const { temperature } = head;
  const { sum, contributionOf } = explainAnswer(metric, { embedding, answer: one, against: other, temperature });
  const speaking = examples.map(({ example, absorbedAs, embedding: own }) => ({
    example,
    contribution: contributionOf(own, absorbedAs === answer ? "answer" : "against"),
  }));
  speaking.sort((a, b) => b.contribution - a.contribution);
  return {
    answer,
    against,
    sum,
    speakFor: speaking.filter(({ contribution }) => contribution > 0).slice(0, photos),
    speakAgainst: speaking
      .filter(({ contribution }) => contribution < 0)
      .reverse()
      .slice(0, photos),
    weighed: speaking.length,
    isCapped: Math.max(one.count, other.count) > perClass,
    learned: one.count + other.count,
    isCurrent: head.statisticsVersion === statisticsVersion,
  };
}
