/** What those are told who come too often. */
import type { Problem } from "../shared/problem.ts";

/** `rate_limited`, with the whole seconds until it is worth coming again. */
export function slowDown(refuse: (wait: { seconds: number }) => Problem, ms: number): Problem {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  return { ...refuse({ seconds }), retryAfterSeconds: seconds };
}
