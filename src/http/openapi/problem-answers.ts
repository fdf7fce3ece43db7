/** Problems as answers of the document: of each status one, with the codes that it can have. */
import { z } from "zod";
import type { ZodOpenApiResponseObject } from "zod-openapi";
import { says } from "../../operations/common.ts";
import { PROBLEM_CODES, type ProblemCode } from "../../shared/problem.ts";
import { STATUS_OF } from "../problem-response.ts";

/** Any request can meet these: an impossible Accept, a wrong token, a foreign page, too many requests, a database that does not answer, a bug. */
const EVERYWHERE = [
  ...(["not_acceptable", "unauthorized", "forbidden", "rate_limited", "quota_exceeded"] as const),
  ...(["storage_unavailable", "misconfigured", "internal"] as const),
] as const;

/** Any problem: RFC 9457 with a code of our own. */
export const anyProblem = z
  .strictObject({
    type: z.string().meta({ description: "Where the code is explained, relative to the deployment" }),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.enum(PROBLEM_CODES),
    detail: z.string().meta({ description: "What was wrong and what to do, for the person who can act on it" }),
    says,
    errors: z
      .array(z.strictObject({ field: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: "Of `bad_request`: what is wrong with which field, the steps of its path joined by dots" }),
    requestId: z.string().meta({ description: "By which the operator finds the request in the log" }),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });

/** The problems of an operation by status. */
export function problemAnswers(own: readonly ProblemCode[]): Record<number, ZodOpenApiResponseObject> {
  const codes = PROBLEM_CODES.filter((code) => own.includes(code) || EVERYWHERE.some((common) => common === code));
  const byStatus = Map.groupBy(codes, (code) => STATUS_OF[code].status);
  return Object.fromEntries([...byStatus].map(([status, some]) => [status, describe(status, some)]));
}

function describe(status: number, codes: readonly ProblemCode[]): ZodOpenApiResponseObject {
  const schema = {
    allOf: [{ $ref: "#/components/schemas/Problem" }],
    properties: { status: { const: status }, code: { enum: [...codes] } },
  };
  const headers = codes.includes("idempotency_in_progress")
    ? { "retry-after": retryAfter.optional() }
    : HEADERS_OF[status];
  return {
    description: codes.join(", "),
    content: { "application/problem+json": { schema } },
    ...(headers === undefined ? {} : { headers: z.object(headers) }),
  };
}

const retryAfter = z.int().min(1).meta({ description: "Seconds to wait before another try" });

const HEADERS_OF: Readonly<Record<number, z.ZodRawShape>> = {
  401: { "www-authenticate": z.literal("Bearer") },
  429: { "retry-after": retryAfter },
  503: { "retry-after": retryAfter },
};
