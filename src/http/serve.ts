/**
 * Binds a declared operation to what it does. Query and JSON body are read and checked by the declaration before it begins, and what it
 * comes to is answered with the status that is declared.
 */
import type { Context, Handler, Hono } from "hono";
import type { AnswerOf, Input, Operation, StatusOf, SuccessStatus } from "../operations/operation.ts";
import type { Services } from "../services.ts";
import type { Problem } from "../shared/problem.ts";
import { ok, type Result } from "../shared/result.ts";
import { respondProblem } from "./answers/problem-response.ts";
import type { AppEnv } from "./app-env.ts";
import { checkFields, readJson, readOptionalJson } from "./body/request-body.ts";

/** A success, a problem, or an answer that is not JSON or has one of several statuses (`reply`). */
type Outcome<O extends Operation> = Result<AnswerOf<O>, Problem> | Response;

/** An operation that can be mounted. */
export interface Served {
  readonly method: string;
  readonly path: string;
  readonly handle: Handler<AppEnv>;
}

/** `work` gets parameters as they came, and query and body as the operation declares them; a body that is not JSON alone it reads itself. */
export function serve<const O extends Operation>(
  operation: O,
  work: (c: Context<AppEnv>, input: Input<O>) => Outcome<O> | Promise<Outcome<O>>,
): Served {
  return serveFound(operation, () => NOTHING, work);
}

/** The same for what looks for something before the body is read: where it is not there, that is said, whatever came along. */
export function serveFound<const O extends Operation, F>(
  operation: O,
  find: (services: Services, params: Record<string, string>) => Result<F, Problem> | Promise<Result<F, Problem>>,
  work: (c: Context<AppEnv>, input: Input<O>, found: F) => Outcome<O> | Promise<Outcome<O>>,
): Served {
  const [method, path] = operation.route.split(" ");
  const status = onlyStatus(operation);
  async function handle(c: Context<AppEnv>): Promise<Response> {
    const found = await find(c.get("services"), c.req.param());
    if (!found.ok) return respondProblem(c, found.error);
    const input = await readInput(c, operation);
    if (!input.ok) return respondProblem(c, input.error);
    const outcome = await work(c, input.value, found.value);
    if (outcome instanceof Response) return outcome;
    if (!outcome.ok) return respondProblem(c, outcome.error);
    if (status === null) throw new Error(`${operation.route} declares several answers: \`reply\` says which one it is`);
    return send(c, status, outcome.value);
  }
  return { method, path, handle };
}

/** The answer of an operation that has several statuses. */
export function reply<O extends Operation, S extends StatusOf<O>>(
  c: Context<AppEnv>,
  _operation: O,
  status: S,
  body: AnswerOf<O, S>,
): Response {
  return send(c, status, body);
}

/** Mounts each under its method and path; of two that fit a request the first one answers. */
export function mount(app: Hono<AppEnv>, served: readonly Served[]): void {
  for (const { method, path, handle } of served) app.on(method, path, handle);
}

async function readInput<O extends Operation>(c: Context<AppEnv>, operation: O): Promise<Result<Input<O>, Problem>> {
  const query = operation.query === undefined ? NOTHING : checkFields(c.req.query(), operation.query);
  if (!query.ok) return query;
  const body = await readBody(c, operation.body);
  if (!body.ok) return body;
  // The schemas that these types are made of have just let it through.
  return ok({ params: c.req.param(), query: query.value, body: body.value } as Input<O>);
}

const NOTHING = ok(undefined);

async function readBody(c: Context<AppEnv>, body: Operation["body"]): Promise<Result<unknown, Problem>> {
  const { "application/json": schema, ...others } = body?.content ?? {};
  if (schema === undefined || Object.keys(others).length > 0) return NOTHING;
  return body?.isOptional ? readOptionalJson(c, schema) : readJson(c, schema, body?.limit);
}

/** Null where several are declared. */
function onlyStatus({ answers }: Operation): SuccessStatus | null {
  const [status, ...others] = SUCCESSES.filter((one) => one in answers);
  return status === undefined || others.length > 0 ? null : status;
}

const SUCCESSES = [200, 201, 202, 204] as const;

function send(c: Context<AppEnv>, status: SuccessStatus, body: unknown): Response {
  return body === null
    ? c.newResponse(null, status)
    : c.newResponse(JSON.stringify(body), status, { "content-type": "application/json" });
}

/** Rows behind `after`, or from the start; at most `limit`. */
export interface PageRequest<Cursor> {
  readonly after: Cursor | null;
  readonly limit: number;
}

/** `list` gives the rows behind a key, in the order of their keys; `next` is null where none is left. */
export async function readPage<Row, Cursor>(
  { after, limit }: PageRequest<Cursor>,
  list: (after: Cursor | null, limit: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Cursor,
): Promise<{ readonly rows: readonly Row[]; readonly next: Cursor | null }> {
  // One more than the page holds tells whether there is another.
  const found = await list(after, limit + 1);
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? keyOf(rows[limit - 1]) : null };
}
