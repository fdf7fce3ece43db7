/** Reads request bodies under a limit, and checks them against a schema. The only place that touches raw bodies. */
import type { Context } from "hono";
import type { z } from "zod";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { AppEnv } from "./app-env.ts";

const MAX_JSON_BYTES = 128 * 1024;

/** An uploaded file and the name that its sender gave it. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Reads at most `limit` bytes: by the declared length first, then by counting, since the declaration may lie. */
export async function readBytes(c: Context<AppEnv>, limit: number): Promise<Result<Uint8Array<ArrayBuffer>, Problem>> {
  const tooLarge = err(
    problem("body_too_large", `The request's body is larger than ${limit} bytes. Send less at once.`),
  );
  if (Number(c.req.header("content-length") ?? 0) > limit) return tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (c.req.raw.body !== null) {
    for await (const chunk of c.req.raw.body) {
      length += chunk.length;
      if (length > limit) return tooLarge;
      chunks.push(chunk);
    }
  }
  if (chunks.length === 0) return err(problem("empty_body", "The request's body is empty."));
  const bytes = new Uint8Array(length);
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return ok(bytes);
}

/** Reads a JSON body and checks it: `bad_request` names the field and what is wrong with it. */
export async function readJson<T extends z.ZodType>(
  c: Context<AppEnv>,
  schema: T,
): Promise<Result<z.infer<T>, Problem>> {
  const bytes = await readBytes(c, MAX_JSON_BYTES);
  if (!bytes.ok) return bytes;
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes.value));
  } catch {
    return err(problem("bad_request", "The body is not valid JSON in UTF-8."));
  }
  return checkFields(body, schema);
}

/** The same for a body that may be absent: then the schema's defaults are the answer. */
export async function readOptionalJson<T extends z.ZodType>(
  c: Context<AppEnv>,
  schema: T,
): Promise<Result<z.infer<T>, Problem>> {
  const body = await readJson(c, schema);
  // Not by the body being null: a browser's POST without one arrives with a body of no bytes.
  return !body.ok && body.error.code === "empty_body" ? checkFields({}, schema) : body;
}

export function checkFields<T extends z.ZodType>(value: unknown, schema: T): Result<z.infer<T>, Problem> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  return err(problem("bad_request", faults.join("; ")));
}

/** Reads `multipart/form-data`: its files in the field `image`, and its text fields. */
export async function readMultipart(
  c: Context<AppEnv>,
  limit: number,
): Promise<Result<{ images: UploadedFile[]; fields: Record<string, string> }, Problem>> {
  const bytes = await readBytes(c, limit);
  if (!bytes.ok) return bytes;
  let form: FormData;
  try {
    form = await new Response(bytes.value, { headers: { "content-type": contentType(c) } }).formData();
  } catch {
    return err(problem("bad_request", "The multipart body cannot be read. Check its boundary."));
  }
  const images: UploadedFile[] = [];
  const fields: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === "string") fields[name] = value;
    else if (name === "image") images.push({ name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return ok({ images, fields });
}

export function contentType(c: Context<AppEnv>): string {
  return c.req.header("content-type") ?? "";
}

export function isMultipart(c: Context<AppEnv>): boolean {
  return contentType(c).toLowerCase().startsWith("multipart/form-data");
}
