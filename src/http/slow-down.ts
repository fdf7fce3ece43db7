/** What those are told who come too often. */
import { type Problem, problem } from "../shared/problem.ts";

/** `rate_limited`, with the whole seconds until it is worth coming again. */
export function slowDown(what: string, ms: number): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil(ms / 1_000));
  return { ...problem("rate_limited", `${what}. Try again in ${retryAfterSeconds} s.`), retryAfterSeconds };
}
