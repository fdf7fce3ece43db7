/** What a command reads of an answer, held against what the operation declares. */
import type { z } from "zod";
import type { AnswerOf, Frozen, Operation, StatusOf } from "../../src/operations/operation.ts";

/** A schema of what an operation answers: it compiles only where it lets through all that the operation declares. */
export function answerOf<O extends Operation, S extends StatusOf<O> = StatusOf<O>>() {
  return answerLike<AnswerOf<O, S>>();
}

/** The same for one of several kinds of answer, such as the answer to one photo and not to a list. */
export function answerLike<A>() {
  return <T extends z.ZodType>(schema: A extends Frozen<z.output<T>> ? T : never): T => schema;
}
