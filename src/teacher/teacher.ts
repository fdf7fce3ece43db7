/** What a teacher is: a large model elsewhere that says which item a sample is. Owns the words that both sides use. */
import type { Result } from "../shared/result.ts";

/** An item as the teacher is told of it. */
export interface TeacherItem {
  readonly id: string;
  readonly name: string;
  /** May be empty. */
  readonly description: string;
}

/** What is to be labelled: a text, or a small picture as a data URL. */
export type TeacherSample =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "photo"; readonly url: string };

/** One sample, and the items among which the teacher chooses; at most `MAX_OFFERED_ITEMS` of them are worth their cost. */
export interface TeacherQuestion {
  readonly items: readonly TeacherItem[];
  readonly sample: TeacherSample;
}

/** What the teacher said. Whatever the sample holds, `item` is one of the question's. */
export interface TeacherAnswer {
  /** Id of an item; null where none of them fits. */
  readonly item: string | null;
  /** How sure the teacher says it is, 0 to 1. Models say so badly. */
  readonly confidence: number;
}

/**
 * `busy`: no room, too many requests, or the account's allowance is spent. `late`: no whole answer in time. `unreachable`: no
 * connection, or one that broke. `refused`: the service does not take the request (key, model, address). `declined`: the model will
 * not speak of this sample. `malformed`: an answer of another shape, or one too long.
 */
export type TeacherFault = "busy" | "late" | "unreachable" | "refused" | "declined" | "malformed";

/** Asks once. Never rejects, and never takes longer than the teacher's time. */
export type AskTeacher = (question: TeacherQuestion) => Promise<Result<TeacherAnswer, TeacherFault>>;

/** Items in one question: at 60 tokens each some 12,000, which every call pays for. */
export const MAX_OFFERED_ITEMS = 200;

/** A call that has not been answered by then is given up. Nobody waits for it. */
export const TEACHER_TIMEOUT_MS = 20_000;

/** Bytes of an answer: what is asked for takes 40, what a service wraps around it a few hundred. */
export const MAX_ANSWER_BYTES = 65_536;
