/**
 * How an operation of the API is declared, once: its route, who may call it, whether it may be sent again or asked for again, what it
 * takes, what it answers and what can go wrong. Requests are checked by it, handlers and readers of answers are typed by it, and the
 * document is made of it.
 */
import { z } from "zod";
import type { ProblemCode } from "../shared/problem.ts";
import type { AccessRule } from "./access-rule.ts";

/** Schemas by media type. */
type Content = Readonly<Record<string, z.ZodType>>;

/** The same of an answer: what is long is made when it is asked for, since the Worker answers without it and starts sooner. */
type AnswerContent = Readonly<Record<string, z.ZodType | (() => z.ZodType)>>;

/** A successful answer; of no content where it has no body. */
export interface Answer<C extends AnswerContent = AnswerContent> {
  readonly description: string;
  readonly content: C;
  /** Headers that only this answer has. */
  readonly headers?: z.ZodObject;
}

/** What a success is answered with; 304 is the document's alone. */
export type SuccessStatus = 200 | 201 | 202 | 204 | 304;

/** What a request carries, by media type. */
interface Body {
  readonly content: Content;
  readonly isOptional?: boolean;
  /** Of a JSON body, in bytes, where it may be longer than usual. */
  readonly limit?: number;
}

/** The declaration of one method on one path. */
export interface Operation {
  /** `METHOD /path/:param`, as the router spells it. */
  readonly route: `${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} /${string}`;
  readonly access: AccessRule;
  /**
   * Of a write with an `Idempotency-Key`. `kept`: sent again it does nothing, and the first answer comes again. `refused`: its answer
   * carries a secret, which is stored nowhere. Elsewhere the header is ignored.
   */
  readonly repeats?: "kept" | "refused";
  /** Whether its answer has an ETag, so that asking again costs a 304: lists, and what grows with them. Not for what is streamed. */
  readonly isTagged?: boolean;
  readonly summary: string;
  readonly description?: string;
  readonly params?: () => z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: Body;
  /** By status. */
  readonly answers: Readonly<Partial<Record<SuccessStatus, Answer>>>;
  /** Codes that this operation answers with beside those that any request can meet. */
  readonly problems: readonly ProblemCode[];
}

/** By `verbNoun`, the names by which generated clients call them. */
export type Operations = Readonly<Record<string, Operation>>;

/** Operations of one subject: a section of the document. */
export interface OperationGroup {
  readonly tag: string;
  readonly description: string;
  readonly operations: Operations;
}

/** An answer in JSON. */
export function json<S extends z.ZodType>(
  description: string,
  schema: () => S,
): Answer<{ readonly "application/json": () => S }> {
  return { description, content: { "application/json": schema } };
}

/** An answer without a body. */
export function empty(description: string): Answer<Record<never, never>> {
  return { description, content: {} };
}

/** A body in JSON, of at most `limit` bytes where that is more than usual. */
export function jsonBody<S extends z.ZodType>(schema: S, limit?: number) {
  return { content: { "application/json": schema }, ...(limit !== undefined && { limit }) };
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
  "bad_request",
  "empty_body",
  "body_too_large",
  "body_too_slow",
  "unsupported_media_type",
  "overloaded",
] as const;

/** What can be wrong with a guest who is asked for the human check. */
export const HUMAN_PROBLEMS = ["human_check_failed", "human_check_unavailable"] as const;

/** What can be wrong with a photo. */
export const PHOTO_PROBLEMS = [
  ...BODY_PROBLEMS,
  ...(["not_an_image", "image_too_large", "image_broken", "backbone_unavailable"] as const),
] as const;
