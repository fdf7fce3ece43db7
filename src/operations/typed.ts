/** What a declared operation takes and answers, as types: for what handles it and for what reads its answers. */
import type { z } from "zod";
import type { Operation, SuccessStatus } from "./operation.ts";

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
