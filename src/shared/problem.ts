/**
 * Expected failures, as every layer names them: a code from a closed list and a sentence for the person who can act on
 * it. Knows nothing of HTTP; `http/answers/problem-response.ts` maps codes to statuses.
 */
import type { Filling, Sentence } from "./sentence.ts";

/** All codes, in the order in which the documentation lists them. */
export const PROBLEM_CODES = [
  "bad_request",
  "unauthorized",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "not_acceptable",
  "empty_body",
  "body_too_large",
  "body_too_slow",
  "unsupported_media_type",
  "not_an_image",
  "image_too_large",
  "image_broken",
  "invalid_embedding",
  "no_head",
  "head_purged",
  "unknown_class",
  "class_exists",
  "class_archived",
  "place_exists",
  "too_many_places",
  "too_many_webhooks",
  "receipt_invalid",
  "receipt_expired",
  "already_decided",
  "cannot_undo",
  "key_ended",
  "last_admin_key",
  "too_many_corrections",
  "rate_limited",
  "quota_exceeded",
  "human_check_failed",
  "human_check_unavailable",
  "import_conflict",
  "idempotency_mismatch",
  "idempotency_in_progress",
  "review_queue_full",
  "overloaded",
  "backbone_mismatch",
  "backbone_unavailable",
  "storage_unavailable",
  "misconfigured",
  "internal",
] as const;

/** Clients branch on these, so a code that has been published keeps its meaning. */
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** `detail` says what was wrong and what to do; it never carries a secret or a photo's content. */
export interface Problem {
  readonly code: ProblemCode;
  readonly detail: string;
  /** What `detail` says, for whoever says it in another language. */
  readonly says: readonly Sentence[];
  /** When it is worth trying again; absent where the status alone decides. */
  readonly retryAfterSeconds?: number;
  /** For `bad_request`: which field is wrong, and why. */
  readonly errors?: readonly FieldError[];
}

/** A field by its path in the body or the query, dots between the steps; empty where it is the whole. */
export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

/** Makes one problem of the catalogue; `says` is the code of its sentence. */
export interface ProblemMaker<Code extends string, F extends Filling> {
  (...filling: F): Problem;
  readonly says: Code;
}

/** An entry of the English catalogue: the problem's code, the sentence's own, and the sentence. */
/* @__NO_SIDE_EFFECTS__ */
export function problemOf<const Code extends string, F extends Filling>(
  code: ProblemCode,
  says: Code,
  say: (...filling: F) => string,
): ProblemMaker<Code, F> {
  const make = (...filling: F): Problem => ({
    code,
    detail: say(...filling),
    says: [{ code: says, params: filling[0] ?? {} }],
  });
  return Object.assign(make, { says });
}
