/**
 * Small decoders that turn `unknown` JSON into typed values, so that a surprising answer stops with a path and
 * not with `undefined` on the page. Pure; the only place of the client where a cast is allowed.
 */

import type { AnswerOf, Operation, StatusOf } from "../../operations/operation.ts";

/** Returns the value as `T`, or throws a `DecodeError` that names `path`. */
export type Decoder<T> = (value: unknown, path: string) => T;

/** The type of the values that a decoder lets through. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

/** Its message names the path in the answer, such as `answer.items[2].name`. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

/** An answer as decoders let it through: what may be absent is null, and a list that may be absent is empty. */
type Read<T> = T extends readonly [infer A, infer B]
  ? readonly [Read<A>, Read<B>]
  : T extends readonly (infer E)[]
    ? readonly Read<E>[]
    : T extends object
      ? { readonly [K in keyof T]-?: undefined extends T[K] ? ReadOptional<Exclude<T[K], undefined>> : Read<T[K]> }
      : T;

type ReadOptional<T> = T extends readonly unknown[] ? Read<T> : Read<T> | null;

/** A decoder of what an operation answers: it compiles only where it lets through all that the operation declares. */
export function answerOf<O extends Operation, S extends StatusOf<O> = StatusOf<O>>() {
  return answerLike<AnswerOf<O, S>>();
}

/** The same for one of several kinds of answer, such as the answer to one photo and not to a list. */
export function answerLike<A>() {
  return <T>(decoder: Read<A> extends T ? Decoder<T> : never): Decoder<T> => decoder;
}

/** As the decoders of its fields have it, or as it was declared: what may be absent may also be null. */
export type Told<T, K extends keyof T> = { readonly [P in K]: undefined extends T[P] ? T[P] | null : T[P] };

/** Any string, the empty one too. */
export const text: Decoder<string> = (value, path) => {
  if (typeof value !== "string") throw new DecodeError(`${path} is not a text`);
  return value;
};

/** NaN and infinities are refused: JSON has none. */
export const number: Decoder<number> = (value, path) => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new DecodeError(`${path} is not a number`);
  return value;
};

/** True or false; nothing else counts as either. */
export const flag: Decoder<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw new DecodeError(`${path} is not true or false`);
  return value;
};

/** True, of what is absent otherwise. */
export const yes: Decoder<true> = (value, path) => {
  if (value !== true) throw new DecodeError(`${path} is not true`);
  return value;
};

/** What is read only once it is known what it is. */
export const unread: Decoder<unknown> = (value) => value;

/** For answers without a body, or with one that nobody reads. */
export const nothing: Decoder<void> = () => undefined;

/** `null` and an absent field both become `null`. */
export function nullable<T>(decoder: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null || value === undefined ? null : decoder(value, path));
}

/** A wrong entry refuses the whole list, and the message says which one it is. */
export function list<T>(decoder: Decoder<T>): Decoder<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new DecodeError(`${path} is not a list`);
    return value.map((item, index) => decoder(item, `${path}[${index}]`));
  };
}

/** A list of exactly two numbers. */
export const pair: Decoder<readonly [number, number]> = (value, path) => {
  const [first, second, ...more] = list(number)(value, path);
  if (first === undefined || second === undefined || more.length > 0) throw new DecodeError(`${path} is not a pair`);
  return [first, second];
};

/** Decodes the named fields and ignores the others, so that the API may grow. */
export function object<S extends Record<string, Decoder<unknown>>>(
  shape: S,
): Decoder<{ readonly [K in keyof S]: Decoded<S[K]> }> {
  return (value, path) => {
    if (typeof value !== "object" || value === null) throw new DecodeError(`${path} is not an object`);
    const fields = new Map(Object.entries(value));
    const decoded = Object.entries(shape).map(([key, decoder]) => [key, decoder(fields.get(key), `${path}.${key}`)]);
    // The entries were made from `shape` key by key, which `fromEntries` cannot express.
    return Object.fromEntries(decoded) as { readonly [K in keyof S]: Decoded<S[K]> };
  };
}
