/** Reads request bodies under a limit, and checks them against a schema. The only place that touches raw bodies. */
import type { Context } from "hono";
import type { z } from "zod";
import { freeMemory } from "../shared/free-memory.ts";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { AppEnv } from "./app-env.ts";
import { describeFaults, explainType, listFaults } from "./field-faults.ts";
import { type MultipartForm, parseForm } from "./multipart.ts";

export const MAX_JSON_BYTES = 128 * 1024;
/** Room for a body that does not say how long it is, to begin with. */
const FIRST_GUESS_BYTES = 64 * 1024;
const JSON_TYPE = /^application\/([\w.+-]+\+)?json$/;
const EMPTY = new Uint8Array();

/** Reads at most `limit` bytes: by the declared length first, then by counting, since the declaration may lie. */
export async function readBytes(c: Context<AppEnv>, limit: number): Promise<Result<Uint8Array<ArrayBuffer>, Problem>> {
  const tooLarge = err(
    problem("body_too_large", `The request's body is larger than ${limit} bytes. Send less at once.`),
  );
  if (declaredLength(c, 0) > limit) return tooLarge;
  const coding = c.req.header("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (coding !== "identity" && coding !== "") {
    const detail = `Content-Encoding ${coding} is not read here. Send the body as it is, without compression.`;
    return err(problem("unsupported_media_type", detail));
  }
  const body = c.req.raw.body;
  const bytes = body === null ? EMPTY : await collectBytes(body, declaredLength(c, FIRST_GUESS_BYTES), limit);
  if (bytes === null) return tooLarge;
  return bytes.length === 0 ? err(problem("empty_body", "The request's body is empty.")) : ok(bytes);
}

/**
 * Fills one buffer of the expected size, without a chunk in between, and only makes another one when the declaration was a lie:
 * what is copied and left to the garbage collector counts towards the isolate's 128 MB. Null when more than `limit` comes.
 */
async function collectBytes(
  body: ReadableStream<Uint8Array>,
  expected: number,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = body.getReader({ mode: "byob" });
  let bytes = new Uint8Array(expected);
  let length = 0;
  for (;;) {
    if (length === bytes.length) {
      const { done, value } = await reader.read(new Uint8Array(1)); // usually the end: the declaration was right
      if (done) return bytes;
      bytes = resize(bytes, 2 * length + FIRST_GUESS_BYTES);
      bytes.set(value, length++);
    }
    const { done, value } = await reader.readAtLeast(bytes.length - length, bytes.subarray(length));
    if (value !== undefined) {
      bytes = new Uint8Array(value.buffer); // reading detaches a buffer and gives its memory back in another one
      length += value.length;
    }
    if (length > limit) {
      await reader.cancel();
      return null;
    }
    if (done) return resize(bytes, length);
  }
}

function resize(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  return length === bytes.length ? bytes : new Uint8Array(bytes.buffer.transfer(length));
}

/**
 * The same for photos, which wait in memory until it is their turn: refused with `overloaded` before a byte is read when there
 * is no room. A body without a declared length counts as the largest.
 */
export async function readPhotoBytes(
  c: Context<AppEnv>,
  limit: number,
): Promise<Result<Uint8Array<ArrayBuffer>, Problem>> {
  const room = c.get("services").photoGate.admit(Math.min(declaredLength(c, limit), limit));
  if (!room.ok) return room;
  c.set("leaveGate", room.value);
  return readBytes(c, limit);
}

function declaredLength(c: Context<AppEnv>, absent: number): number {
  return Number(c.req.header("content-length") ?? absent);
}

/** Reads a JSON body and checks it: `bad_request` names the field and what is wrong with it. */
export async function readJson<T extends z.ZodType>(
  c: Context<AppEnv>,
  schema: T,
): Promise<Result<z.infer<T>, Problem>> {
  const bytes = await readBytes(c, MAX_JSON_BYTES);
  if (!bytes.ok) return bytes;
  const type = contentType(c).split(";")[0].trim().toLowerCase();
  if (type !== "" && !JSON_TYPE.test(type)) {
    return err(problem("unsupported_media_type", `Content-Type ${type} is not JSON. Send application/json.`));
  }
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes.value));
  } catch {
    return err(problem("bad_request", "The body is not valid JSON in UTF-8."));
  }
  return checkFields(body, schema);
}

/** The same for the fields of a plain form (`application/x-www-form-urlencoded`); of a repeated field the last one counts. */
export async function readUrlEncoded<T extends z.ZodType>(
  c: Context<AppEnv>,
  schema: T,
): Promise<Result<z.infer<T>, Problem>> {
  const bytes = await readBytes(c, MAX_JSON_BYTES);
  if (!bytes.ok) return bytes;
  return checkFields(Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes.value))), schema);
}

/** The same as JSON for a body that may be absent: then the schema's defaults are the answer. */
export async function readOptionalJson<T extends z.ZodType>(
  c: Context<AppEnv>,
  schema: T,
): Promise<Result<z.infer<T>, Problem>> {
  const body = await readJson(c, schema);
  // Not by the body being null: a browser's POST without one arrives with a body of no bytes.
  return !body.ok && body.error.code === "empty_body" ? checkFields({}, schema) : body;
}

/** Checks the fields of a body or a query: `bad_request` names those that are wrong. */
export function checkFields<T extends z.ZodType>(value: unknown, schema: T): Result<z.infer<T>, Problem> {
  const parsed = schema.safeParse(value, { error: explainType });
  if (parsed.success) return ok(parsed.data);
  const errors = listFaults(parsed.error);
  return err({ ...problem("bad_request", describeFaults(errors)), errors });
}

/** Reads `multipart/form-data`: its files, whatever their fields are called, and its text fields. */
export async function readMultipart(c: Context<AppEnv>, limit: number): Promise<Result<MultipartForm, Problem>> {
  const bytes = await readPhotoBytes(c, limit);
  if (!bytes.ok) return bytes;
  const form = parseForm(bytes.value, contentType(c));
  freeMemory(bytes.value); // the form has its own copy
  return form === null
    ? err(problem("bad_request", "The multipart body cannot be read. Check its boundary and its end."))
    : ok(form);
}

export function contentType(c: Context<AppEnv>): string {
  return c.req.header("content-type") ?? "";
}

/** Whether the body is one of those that browsers post from a page without script. */
export function isForm(c: Context<AppEnv>): boolean {
  return isMultipart(c) || contentType(c).toLowerCase().startsWith("application/x-www-form-urlencoded");
}

export function isMultipart(c: Context<AppEnv>): boolean {
  return contentType(c).toLowerCase().startsWith("multipart/form-data");
}
