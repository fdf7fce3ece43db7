/** Reads request bodies as what they are, and checks them against a schema. */
import { getMultipartBoundary, type MultipartPart, parseMultipart } from "@remix-run/multipart-parser";
import type { Context } from "hono";
import type { z } from "zod";
import { explainType, listFaults, refuseFields } from "../../operations/field-faults.ts";
import { bodyEmpty, brokenJson, brokenMultipart, notJsonType } from "../../shared/english/requests.ts";
import { freeMemory } from "../../shared/free-memory.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { AppEnv } from "../app-env.ts";
import { type RoomName, receiveBody } from "./receive-body.ts";

const MAX_PARTS = 200;

/** An uploaded file, the field it was in, and the name that its sender gave it. */
export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Of two fields with one name the last one counts; files keep their order. */
export interface MultipartForm {
  readonly files: readonly UploadedFile[];
  readonly fields: Readonly<Record<string, string>>;
}

/** The files, which are copies, and the text fields; null when the body is none of this type or ends early. */
function parseForm(body: Uint8Array, contentType: string): MultipartForm | null {
  const boundary = getMultipartBoundary(contentType);
  if (boundary === null) return null;
  const files: UploadedFile[] = [];
  const fields: Record<string, string> = {};
  try {
    for (const part of parseMultipart(body, { boundary, maxParts: MAX_PARTS, maxFileSize: body.length })) {
      const field = part.name ?? "";
      if (!isFile(part)) fields[field] = part.text;
      else if (!isLeftEmpty(part))
        files.push({ field, name: part.filename ?? "", bytes: new Uint8Array(part.arrayBuffer) });
    }
  } catch {
    return null;
  }
  return { files, fields };
}

/** Small devices leave the file's name out and give its type alone. */
function isFile({ filename, mediaType }: MultipartPart): boolean {
  return filename !== undefined || (mediaType !== undefined && !mediaType.startsWith("text/"));
}

/** What a browser sends of a field for files that nobody has filled in. */
function isLeftEmpty({ filename, size }: MultipartPart): boolean {
  return filename === "" && size === 0;
}

/** Of JSON bodies that carry neither photos nor lists of texts. */
export const MAX_JSON_BYTES = 128 * 1024;
const JSON_TYPE = /^application\/([\w.+-]+\+)?json$/;

/** Receives a body that must not be empty: `empty_body` where it is, and the problems of `receiveBody`. */
export async function readBytes(
  c: Context<AppEnv>,
  limit: number,
  room: RoomName = "texts",
): Promise<Result<Uint8Array<ArrayBuffer>, Problem>> {
  const bytes = await receiveBody(c, limit, room);
  return bytes.ok && bytes.value.length === 0 ? err(bodyEmpty()) : bytes;
}

/** Reads a JSON body and checks it: `bad_request` names the field and what is wrong with it. A body that declares more than the usual length takes its room from the photos. */
export async function readJson<T extends z.ZodType>(
  c: Context<AppEnv>,
  schema: T,
  limit = MAX_JSON_BYTES,
): Promise<Result<z.infer<T>, Problem>> {
  const bytes = await readBytes(c, limit, Math.min(limit, declaredBytes(c)) > MAX_JSON_BYTES ? "photos" : "texts");
  if (!bytes.ok) return bytes;
  const type = mediaType(c);
  if (type !== "" && !isJson(c)) {
    return err(notJsonType({ type }));
  }
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes.value));
  } catch {
    return err(brokenJson());
  }
  return checkFields(body, schema);
}

/** The same for the fields of a plain form (`application/x-www-form-urlencoded`); of a repeated field the last one counts. */
export async function readUrlEncoded<T extends z.ZodType>(
  c: Context<AppEnv>,
  schema: T,
  limit = MAX_JSON_BYTES,
): Promise<Result<z.infer<T>, Problem>> {
  const bytes = await readBytes(c, limit);
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
  return err(refuseFields(listFaults(parsed.error)));
}

/** Reads `multipart/form-data`: its files, whatever their fields are called, and its text fields. */
export async function readMultipart(c: Context<AppEnv>, limit: number): Promise<Result<MultipartForm, Problem>> {
  const bytes = await readBytes(c, limit, "photos");
  if (!bytes.ok) return bytes;
  const form = parseForm(bytes.value, contentType(c));
  freeMemory(bytes.value); // the form has its own copy
  return form === null ? err(brokenMultipart()) : ok(form);
}

/** 0 where the length was not said: room is taken by what arrives. */
function declaredBytes(c: Context<AppEnv>): number {
  return Number(c.req.header("content-length") ?? 0);
}

/** The header as it was sent, parameters and all; empty where there is none. */
export function contentType(c: Context<AppEnv>): string {
  return c.req.header("content-type") ?? "";
}

/** Whether the body is one of those that browsers post from a page without script. */
export function isForm(c: Context<AppEnv>): boolean {
  return isMultipart(c) || contentType(c).toLowerCase().startsWith("application/x-www-form-urlencoded");
}

/** The content type without its parameters, in lower case. */
export function mediaType(c: Context<AppEnv>): string {
  return contentType(c).split(";")[0].trim().toLowerCase();
}

/** Whether the body says that it is JSON, of any kind: `application/problem+json` is one. */
export function isJson(c: Context<AppEnv>): boolean {
  return JSON_TYPE.test(mediaType(c));
}

/** Whether the body is a form with files, by its content type alone. */
export function isMultipart(c: Context<AppEnv>): boolean {
  return contentType(c).toLowerCase().startsWith("multipart/form-data");
}
