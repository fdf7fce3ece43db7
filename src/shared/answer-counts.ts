/** Answers added up: how many there were, how many of them unknown, and how undecided the scores were. Pure. */

/** Answers together. Entropies are normalised: `H(p) / ln K` over K items, from 0 (all in one) to 1 (all equal). */
export interface AnswerCounts {
  readonly answers: number;
  readonly unknown: number;
  readonly entropySum: number;
  /** Sum of the squared entropies, for their variance. */
  readonly entropySquares: number;
}

/** Answers of one head on one day, which is the number of days since 1970 in UTC. */
export interface AnswerDay extends AnswerCounts {
  readonly day: number;
  readonly headVersion: number;
}

const NONE: AnswerCounts = { answers: 0, unknown: 0, entropySum: 0, entropySquares: 0 };

/** All of them together. */
export function addUp(counts: readonly AnswerCounts[]): AnswerCounts {
  return counts.reduce(
    (sum, one) => ({
      answers: sum.answers + one.answers,
      unknown: sum.unknown + one.unknown,
      entropySum: sum.entropySum + one.entropySum,
      entropySquares: sum.entropySquares + one.entropySquares,
    }),
    NONE,
  );
}

/** Share of unknown answers; null where there are none. */
export function unknownShare({ answers, unknown }: AnswerCounts): number | null {
  return answers === 0 ? null : unknown / answers;
}

/** Mean of the normalised entropies; null where there are none. */
export function meanEntropy({ answers, entropySum }: AnswerCounts): number | null {
  return answers === 0 ? null : entropySum / answers;
}

/** `H / ln K` of the scores of `items` items; 0 where there are fewer than two. */
export function normaliseEntropy(entropy: number, items: number): number {
  return items < 2 ? 0 : entropy / Math.log(items);
}
