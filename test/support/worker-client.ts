/** Talks to the Worker inside a workerd test, with the real routes, database and backbone. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../src/index.ts";
import { findUndeclared } from "./declared-answers.ts";

/** Any JSON object that the API answered; tests look at its fields. */
export type Body = Record<string, unknown> & { code?: string; detail?: string };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  /** As they came. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A request as the handler receives it; `cf` stays empty here. */
const IncomingRequest = Request<unknown, IncomingRequestCfProperties>;

/**
 * Sends a request to the Worker with these bindings (default: the test's own) and waits for all that it started. Throws when
 * the answer is not one that the API's document declares.
 */
export async function send(
  path: string,
  init: RequestInit<IncomingRequestCfProperties> = {},
  bindings: Env = env,
): Promise<Answer> {
  const request = new IncomingRequest(new URL(path, "https://headstart.test"), init);
  const context = createExecutionContext();
  const response = await worker.fetch(request, bindings, context);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  await waitOnExecutionContext(context);
  const isJson = /[/+]json\b/.test(response.headers.get("content-type") ?? "");
  const { status, headers } = response;
  const answer = { status, headers, bytes, body: isJson ? JSON.parse(text) : { text } };
  const undeclared = findUndeclared(request.method, new URL(request.url).pathname, answer);
  if (undeclared !== null) throw new Error(`${undeclared}\n${text.slice(0, 500)}`);
  return answer;
}

/** The same with the admin token. */
export function sendAsAdmin(
  path: string,
  init: RequestInit<IncomingRequestCfProperties> = {},
  bindings: Env = env,
): Promise<Answer> {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${bindings.ADMIN_TOKEN}`);
  return send(path, { ...init, headers }, bindings);
}

export function json(value: unknown, method = "POST"): RequestInit<IncomingRequestCfProperties> {
  return { method, body: JSON.stringify(value), headers: { "content-type": "application/json" } };
}

export function rawPhoto(bytes: Uint8Array, type = "image/png"): RequestInit<IncomingRequestCfProperties> {
  return { method: "POST", body: bytes, headers: { "content-type": type } };
}

/** A multipart body of these files in the field `image`, and text fields. */
export function multipart(
  files: Record<string, Uint8Array>,
  fields: Record<string, string> = {},
): RequestInit<IncomingRequestCfProperties> {
  const form = new FormData();
  for (const [name, bytes] of Object.entries(files)) form.append("image", new File([bytes], name));
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return { method: "POST", body: form };
}

/** Empties every table, so that each test starts from a fresh deployment. */
export async function resetDatabase(): Promise<void> {
  const derived = ["training_runs", "heads", "gram_parts", "class_sums", "statistics", "rebuild", "audit_log"];
  const tables = [
    ...derived,
    "suggestions",
    "review_decisions",
    "reviews",
    "examples",
    "classes",
    "api_keys",
    "spent_bootstraps",
    "daily_usage",
    "repeatable_answers",
    "forgotten_samples",
    "class_descriptions",
    "answer_days",
    "pooled_samples",
    "teacher_labels",
    "teacher_days",
    "places",
    "webhook_deliveries",
    "webhooks",
    ...["second_slot", "second_embeddings", "left_examples"],
  ];
  const statements = [
    "UPDATE deployment SET live_head = NULL, menu_revision = menu_revision + 1, archive_revision = 0, is_held = 0, second_backbone = NULL, second_head = NULL",
    "UPDATE training_lease SET expires_at = 0",
    "UPDATE backup_state SET expires_at = 0, begun = NULL, upload_id = NULL, made_at = NULL, failed_at = NULL, failure = NULL",
    ...tables.map((table) => `DELETE FROM ${table} ${table === "classes" ? "WHERE id <> ':none'" : ""}`),
  ];
  await env.DB.batch(statements.map((sql) => env.DB.prepare(sql)));
}
