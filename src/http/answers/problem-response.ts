/** Domain errors on the wire: RFC 9457 problem details, and the one table from problem codes to HTTP statuses. */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Problem, ProblemCode } from "../../shared/problem.ts";
import type { AppEnv } from "../app-env.ts";

/** Status and title of every code. */
export const STATUS_OF: Record<ProblemCode, { status: ContentfulStatusCode; title: string }> = {
  bad_request: { status: 400, title: "Bad Request" },
  empty_body: { status: 400, title: "Bad Request" },
  unauthorized: { status: 401, title: "Unauthorized" },
  forbidden: { status: 403, title: "Forbidden" },
  human_check_failed: { status: 403, title: "Forbidden" },
  not_found: { status: 404, title: "Not Found" },
  method_not_allowed: { status: 405, title: "Method Not Allowed" },
  not_acceptable: { status: 406, title: "Not Acceptable" },
  body_too_slow: { status: 408, title: "Request Timeout" },
  no_head: { status: 409, title: "Conflict" },
  class_exists: { status: 409, title: "Conflict" },
  class_archived: { status: 409, title: "Conflict" },
  place_exists: { status: 409, title: "Conflict" },
  too_many_places: { status: 409, title: "Conflict" },
  too_many_webhooks: { status: 409, title: "Conflict" },
  already_decided: { status: 409, title: "Conflict" },
  cannot_undo: { status: 409, title: "Conflict" },
  key_ended: { status: 409, title: "Conflict" },
  last_admin_key: { status: 409, title: "Conflict" },
  import_conflict: { status: 409, title: "Conflict" },
  idempotency_in_progress: { status: 409, title: "Conflict" },
  backbone_mismatch: { status: 409, title: "Conflict" },
  head_purged: { status: 410, title: "Gone" },
  receipt_expired: { status: 410, title: "Gone" },
  body_too_large: { status: 413, title: "Content Too Large" },
  image_too_large: { status: 413, title: "Content Too Large" },
  unsupported_media_type: { status: 415, title: "Unsupported Media Type" },
  not_an_image: { status: 415, title: "Unsupported Media Type" },
  image_broken: { status: 422, title: "Unprocessable Content" },
  invalid_embedding: { status: 422, title: "Unprocessable Content" },
  unknown_class: { status: 422, title: "Unprocessable Content" },
  receipt_invalid: { status: 422, title: "Unprocessable Content" },
  idempotency_mismatch: { status: 422, title: "Unprocessable Content" },
  too_many_corrections: { status: 429, title: "Too Many Requests" },
  rate_limited: { status: 429, title: "Too Many Requests" },
  quota_exceeded: { status: 429, title: "Too Many Requests" },
  backbone_unavailable: { status: 503, title: "Service Unavailable" },
  human_check_unavailable: { status: 503, title: "Service Unavailable" },
  overloaded: { status: 503, title: "Service Unavailable" },
  review_queue_full: { status: 503, title: "Service Unavailable" },
  storage_unavailable: { status: 503, title: "Service Unavailable" },
  misconfigured: { status: 500, title: "Internal Server Error" },
  internal: { status: 500, title: "Internal Server Error" },
};

/** Trouble passes by itself; a queue gets shorter when people have worked on it. */
const RETRY_AFTER_SECONDS: Readonly<Record<number, number>> = { 503: 5, 429: 3_600 };

/** Answers with the problem; 429 and 503 say when to try again. */
export function respondProblem(
  c: Context<AppEnv>,
  { code, detail, says, errors, retryAfterSeconds }: Problem,
): Response {
  const { status, title } = STATUS_OF[code];
  c.set("problem", code);
  const about = { type: `/docs/problems#${code}`, title, status, code, detail, requestId: c.get("requestId") };
  const body = { ...about, says, errors };
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  const retryAfter = retryAfterSeconds ?? RETRY_AFTER_SECONDS[status];
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  if (status === 401) headers["www-authenticate"] = "Bearer";
  return c.body(JSON.stringify(body), status, headers);
}
