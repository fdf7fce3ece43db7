/**
 * How an operation of the API is declared, once: its route, who may call it, whether it may be sent again or asked for again, what it
 * takes, what it answers and what can go wrong. Requests are checked by it, handlers and readers of answers are typed by it, and the
 * document is made of it.
 */

import { z } from "zod";
import type { ProblemCode } from "../shared/problem.ts";
import type { Role } from "../shared/role.ts";

/** Variables by which the operator lets guests in. */
export type Opening = "publicClassify" | "publicCorrections";

/** A caller passes with the role `least` or one above it; an opening that is on lets guests in without a role. */
export interface AccessRule {
  readonly least: Role;
  /** Guests may call it too when one of these is on. */
  readonly openedBy: readonly Opening[];
}

/** A rule as it is written: the role, then what opens it to guests. */
export function needs(least: Role, ...openedBy: Opening[]): AccessRule {
  return { least, openedBy };
}

/** The least role that a rule takes in this deployment. */
export function leastRole({ least, openedBy }: AccessRule, config: Readonly<Record<Opening, boolean>>): Role {
  return openedBy.some((opening) => config[opening]) ? "guest" : least;
}

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

/** The names of a path's parameters. */
type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** A query once it has been checked; undefined where the operation has none. */
type QueryOf<O extends Operation> = O extends { readonly query: infer Q extends z.ZodType } ? z.output<Q> : undefined;

/** A body once it has been checked; undefined where it is not JSON alone: the handler reads such a one itself. */
type BodyOf<O extends Operation> = O extends { readonly body: { readonly content: infer C } }
  ? keyof C extends "application/json"
    ? z.output<C["application/json" & keyof C]>
    : undefined
  : undefined;

/** What a request says. */
export interface Input<O extends Operation> {
  readonly params: Readonly<Record<ParamNames<O["route"]>, string>>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
}

/** The same, and nothing of it can be changed. */
export type Frozen<T> = T extends readonly [infer A, infer B]
  ? readonly [Frozen<A>, Frozen<B>]
  : T extends readonly (infer E)[]
    ? readonly Frozen<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Frozen<T[K]> }
      : T;

type JsonOf<A> = A extends { readonly content: { readonly "application/json": () => infer S extends z.ZodType } }
  ? Frozen<z.output<S>>
  : null;

/** The JSON of a success, with one status or with any; null where there is none. */
export type AnswerOf<O extends Operation, S extends keyof O["answers"] = keyof O["answers"]> = JsonOf<O["answers"][S]>;

/** The statuses of an operation's successes. */
export type StatusOf<O extends Operation> = keyof O["answers"] & SuccessStatus;
