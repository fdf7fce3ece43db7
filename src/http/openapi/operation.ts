/**
 * How an operation of the API is declared: what it takes, what it answers and what can go wrong, in the very schemas that
 * check requests. The document, the typed client and the tests all read these declarations; no request does.
 */
import { z } from "zod";
import type { ProblemCode } from "../../shared/problem.ts";

/** Schemas by media type. */
type Content = Readonly<Record<string, z.ZodType>>;

/** A successful answer; of no content where it has no body. */
export interface Answer<C extends Content = Content> {
  readonly description: string;
  readonly content: C;
  /** Headers that only this answer has. */
  readonly headers?: z.ZodObject;
}

/** The declaration of one method on one path. */
export interface Operation {
  /** `verbNoun`, the name by which generated clients call it. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: { readonly content: Content; readonly isOptional?: boolean };
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Codes that this operation answers with beside those that any request can meet. */
  readonly problems: readonly ProblemCode[];
}

/** Operations of one subject: a section of the document. Keys are `METHOD /path/:param`, as the routes are written. */
export interface OperationGroup {
  readonly tag: string;
  readonly description: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** An answer in JSON. */
export function json<S extends z.ZodType>(description: string, schema: S): Answer<{ readonly "application/json": S }> {
  return { description, content: { "application/json": schema } };
}

/** An answer without a body. */
export function empty(description: string): Answer<Record<never, never>> {
  return { description, content: {} };
}

/** A body in JSON. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { content: { "application/json": schema } };
}

/** A body in JSON that may be absent. */
export function optionalJsonBody<S extends z.ZodType>(schema: S) {
  return { content: { "application/json": schema }, isOptional: true };
}

/** The bytes of a file, for which JSON Schema has no type. */
export const bytes = z
  .custom<File>((value) => value instanceof File)
  .meta({ override: { type: "string", contentMediaType: "application/octet-stream" } });

/** What can be wrong with a JSON body, and with the room for it. */
export const BODY_PROBLEMS = [
  ...([
    "bad_request",
    "empty_body",
    "body_too_large",
    "body_too_slow",
    "unsupported_media_type",
    "overloaded",
  ] as const),
] as const;

/** What can be wrong with a guest who is asked for the human check. */
export const HUMAN_PROBLEMS = ["human_check_failed", "human_check_unavailable"] as const;

/** What can be wrong with a photo. */
export const PHOTO_PROBLEMS = [
  ...BODY_PROBLEMS,
  ...(["not_an_image", "image_too_large", "image_broken", "backbone_unavailable"] as const),
] as const;
