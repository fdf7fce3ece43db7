/**
 * Holds answers against the OpenAPI document: status, media type and body must be what the operation declares. The judge is
 * a JSON Schema validator that knows nothing of zod.
 */
import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import type { oas31 } from "zod-openapi";
import { createOpenApiDocument } from "../../src/http/openapi/document.ts";

export const document = createOpenApiDocument("test");

/** An answer as far as it is declared. */
export interface SentAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body where it is JSON. */
  readonly body: unknown;
}

/** A long list can be wrong in every entry. */
const MAX_ERRORS = 6;

const validators = new Map<string, Validator>();
const paths = Object.keys(document.paths ?? {}).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "([^/]+)")}$`),
}));

/** What is wrong with an answer, in words; null where it is as declared, or to something that is not an operation. */
export function findUndeclared(method: string, pathname: string, answer: SentAnswer): string | null {
  const path = paths.filter(({ pattern }) => pattern.test(pathname)).toSorted(byParameters)[0]?.path ?? "";
  const operation: oas31.OperationObject | undefined = Object.entries(document.paths?.[path] ?? {}).find(
    ([name]) => name === method.toLowerCase(),
  )?.[1];
  if (operation === undefined) return null;
  const where = `${method} ${path} ${answer.status}`;
  const response = operation.responses?.[String(answer.status)];
  if (response === undefined || "$ref" in response) return `${where}: this status is not declared`;
  const type = answer.headers.get("content-type")?.split(";")[0] ?? null;
  const content = response.content ?? {};
  if (type === null) return Object.keys(content).length === 0 ? null : `${where}: a body is declared and none came`;
  const declared = content[type];
  if (declared === undefined) return `${where}: ${type} is not declared`;
  if (!type.endsWith("json") || type.endsWith("ndjson")) return null;
  const { valid, errors } = validatorOf(where, declared.schema).validate(answer.body);
  return valid ? null : `${where}: ${errors.slice(0, MAX_ERRORS).map(explain).join("; ")}`;
}

function byParameters(a: { path: string }, b: { path: string }): number {
  return a.path.split("{").length - b.path.split("{").length;
}

function validatorOf(where: string, schema: object | undefined): Validator {
  const known = validators.get(where);
  if (known !== undefined) return known;
  const whole: Schema = { ...schema, components: document.components };
  const made = new Validator(whole, "2020-12", false);
  validators.set(where, made);
  return made;
}

function explain({ instanceLocation, error }: OutputUnit): string {
  return `${instanceLocation} ${error}`;
}
