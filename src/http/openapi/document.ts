/**
 * The OpenAPI 3.1 document, made of the declared operations. It is made by `npm run build` and served as a file, so the
 * Worker carries nothing of it.
 */
import { z } from "zod";
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from "zod-openapi";
import { says } from "../../operations/common.ts";
import { OPERATION_GROUPS } from "../../operations/groups.ts";
import { type AccessRule, type Answer, empty, type Operation } from "../../operations/operation.ts";
import { PROBLEM_CODES, type ProblemCode } from "../../shared/problem.ts";
import { STATUS_OF } from "../answers/problem-response.ts";

/** Any request can meet these: an impossible Accept, a wrong token, a foreign page, too many requests, a database that does not answer, a bug. */
const EVERYWHERE = [
  ...(["not_acceptable", "unauthorized", "forbidden", "rate_limited", "quota_exceeded"] as const),
  ...(["storage_unavailable", "misconfigured", "internal"] as const),
] as const;

/** Any problem: RFC 9457 with a code of our own. */
const anyProblem = z
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
function problemAnswers(own: readonly ProblemCode[]): Record<number, ZodOpenApiResponseObject> {
  const codes = PROBLEM_CODES.filter((code) => own.includes(code) || EVERYWHERE.some((common) => common === code));
  const byStatus = Map.groupBy(codes, (code) => STATUS_OF[code].status);
  return Object.fromEntries([...byStatus].map(([status, some]) => [status, describeProblems(status, some)]));
}

function describeProblems(status: number, codes: readonly ProblemCode[]): ZodOpenApiResponseObject {
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

const DESCRIPTION = `An image classifier that keeps learning: photos in, menu items out, corrections back.

To begin, with an admin key: put two items on the menu (createClass), send photos of each (addExamples), train. Then anybody who may
can send a photo (classifyPhoto), and say what it really was (sendLabel), for which the answer's receipt is enough.

Errors are RFC 9457 problem details; every code is explained at [/docs/problems](/docs/problems). A request that carries a
wrong token is refused with 401 everywhere, never treated as a guest's.`;

/** Makes the document. `version` is the one of the package. */
export function createOpenApiDocument(version: string): oas31.OpenAPIObject {
  return createDocument({
    openapi: "3.1.1",
    info: {
      title: "Headstart",
      version,
      description: DESCRIPTION,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: OPERATION_GROUPS.map(({ tag, description }) => ({ name: tag, description })),
    paths: toPaths(),
    components: {
      schemas: { Problem: anyProblem },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "The admin token of the deployment, or a key" },
        session: { type: "apiKey", in: "cookie", name: "headstart_session", description: "Of a signed-in page" },
      },
    },
  });
}

function toPaths(): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { tag, operations } of OPERATION_GROUPS) {
    for (const [id, operation] of Object.entries(operations)) {
      const [method, route] = operation.route.split(" ");
      const path = route.replace(/:(\w+)/g, "{$1}");
      paths[path] = { ...paths[path], [method.toLowerCase()]: describe(tag, id, complete(operation)) };
    }
  }
  return paths;
}

/** With what the middleware adds to it. */
function complete(operation: Operation): Operation {
  if (operation.repeats === "kept") return repeatable(operation);
  return operation.isTagged ? tagged(operation) : operation;
}

function describe(tag: string, id: string, operation: Operation): ZodOpenApiOperationObject {
  const { access, summary, description, params, query, headers, body, answers, problems } = operation;
  const successes = Object.entries(answers).map(([status, answer]) => [status, toResponse(answer)]);
  return {
    tags: [tag],
    operationId: id,
    summary,
    description: [description, explainAccess(access)].filter((text) => text !== undefined).join("\n\n"),
    security: securityOf(access),
    requestParams: { ...(params && { path: params() }), ...(query && { query }), ...(headers && { header: headers }) },
    ...(body === undefined
      ? {}
      : { requestBody: { required: body.isOptional !== true, content: toContent(body.content) } }),
    responses: { ...Object.fromEntries(successes), ...problemAnswers(problems) },
  };
}

/** May be sent again with the key that it was sent with. */
function repeatable(operation: Operation): Operation {
  const own = ["bad_request", "idempotency_mismatch", "idempotency_in_progress"] as const;
  const key = z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .optional()
    .meta({
      description:
        "New for each request; sent again with the same body, the first answer comes again for 24 hours, with `Idempotency-Replayed: true`",
    });
  return {
    ...operation,
    headers: addHeader(operation, { "Idempotency-Key": key }),
    problems: [...operation.problems, ...own],
  };
}

/** Answered with 304 where `If-None-Match` names the tag of what would be answered. */
function tagged(operation: Operation): Operation {
  const tag = z.string().optional().meta({ description: "The ETag of the last answer" });
  return {
    ...operation,
    headers: addHeader(operation, { "If-None-Match": tag }),
    answers: { ...operation.answers, 304: empty("As it was; no body") },
  };
}

function addHeader({ headers = z.object({}) }: Operation, own: z.ZodRawShape): z.ZodObject {
  return headers.extend(own);
}

function toResponse({ description, content, headers }: Answer) {
  return {
    description,
    ...(headers === undefined ? {} : { headers }),
    ...(Object.keys(content).length === 0 ? {} : { content: toContent(content) }),
  };
}

function toContent(content: Answer["content"]) {
  const schemas = Object.entries(content).map(([type, schema]) => [
    type,
    typeof schema === "function" ? schema() : schema,
  ]);
  return Object.fromEntries(schemas.map(([type, schema]) => [type, { schema }]));
}

/** Names the least role, as OpenAPI 3.1 lets a requirement do; `{}` where guests need neither key nor cookie. */
function securityOf({ least, openedBy }: AccessRule): Record<string, string[]>[] {
  if (least === "guest") return [{}];
  const asked = [{ token: [least] }, { session: [least] }];
  return openedBy.length === 0 ? asked : [...asked, {}];
}

function explainAccess({ least, openedBy }: AccessRule): string {
  if (least === "guest") return "Open to everybody.";
  const opened = openedBy.map((opening) => `\`${VARIABLE_OF[opening]}\``).join(" or ");
  return `Least role: \`${least}\`.${opened === "" ? "" : ` Open to guests where ${opened} is on.`}`;
}

const VARIABLE_OF = { publicClassify: "PUBLIC_CLASSIFY", publicCorrections: "PUBLIC_CORRECTIONS" };
