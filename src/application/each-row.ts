/** Lists in requests: one row after another, each with its own outcome in its own place; none stops the rest. */
import type { Problem, ProblemCode } from "../shared/problem.ts";
import type { Result } from "../shared/result.ts";
import type { Sentence } from "../shared/sentence.ts";
import type { Caller } from "./caller.ts";

/** A problem of one of many, as answers carry it. */
export interface InnerProblem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly says: readonly Sentence[];
}

/** A row that could not be used. */
interface RefusedRow {
  readonly problem: InnerProblem;
}

/**
 * Works through the rows in their order; those that could not even be read are refused as they are. Against bursts and quotas every
 * row counts like a request, the first as the one that brought them, so that a list is no way around a limit.
 */
export async function workThroughRows<R, T extends object>(
  { refuseOneMore }: Caller,
  rows: readonly Result<R, Problem>[],
  work: (row: R) => Promise<Result<T, Problem>>,
): Promise<(T | RefusedRow)[]> {
  const outcomes: (T | RefusedRow)[] = [];
  let limit: Problem | null = null;
  for (const [i, row] of rows.entries()) {
    if (i > 0 && limit === null) limit = await refuseOneMore();
    if (limit !== null) outcomes.push(refuse(limit));
    else if (row.ok) outcomes.push(toOutcome(await work(row.value)));
    else outcomes.push(refuse(row.error));
  }
  return outcomes;
}

/** Tells a refused row from an outcome: only the former has a `problem`. */
export function isRefused(outcome: object): outcome is RefusedRow {
  return "problem" in outcome;
}

function toOutcome<T extends object>(result: Result<T, Problem>): T | RefusedRow {
  return result.ok ? result.value : refuse(result.error);
}

function refuse(problem: Problem): RefusedRow {
  return { problem: toInnerProblem(problem) };
}

/** Without what is said once for the whole request. */
export function toInnerProblem({ code, detail, says }: Problem): InnerProblem {
  return { code, detail, says };
}
