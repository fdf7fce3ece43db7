/** What the API answers instead of what was asked for, and how it is thrown. */
import type { components } from "./api.ts";

/** RFC 9457, with a code of the API's closed list; `/docs/problems` of every deployment explains them. */
export type Problem = components["schemas"]["Problem"];

/** The codes that the API knows; `code` of a problem that something else than the API answered with is `unreadable`. */
export type ProblemCode = Problem["code"] | "unreadable";

/** A refusal. `code` says which one, `message` what to do. */
export class HeadstartProblem extends Error {
  override readonly name = "HeadstartProblem";
  /** As the API answered it; null where a device or something in between refused. */
  readonly problem: Problem | null;
  readonly code: ProblemCode;
  /** The HTTP status; 0 where nothing was sent. */
  readonly status: number;

  constructor(status: number, code: ProblemCode, detail: string, problem: Problem | null) {
    super(`${code}: ${detail}`);
    this.status = status;
    this.code = code;
    this.problem = problem;
  }
}

/** What a call of the typed client comes to. */
export interface Answer<T> {
  readonly data?: T;
  readonly error?: Problem | string;
  readonly response: Response;
}

/** What was answered. Throws `HeadstartProblem`. */
export function need<T>({ data, error, response }: Answer<T>): T {
  if (response.ok && data !== undefined) return data;
  if (typeof error === "object") throw new HeadstartProblem(response.status, error.code, error.detail, error);
  const detail = `something else than the API answered, with status ${response.status}.`;
  throw new HeadstartProblem(response.status, "unreadable", detail, null);
}

/** The same of a call that takes lists too, where one photo or text was sent. */
export function needOne<T extends object>(answer: Answer<T>): One<T> {
  const data = need(answer);
  if (isOne(data)) return data;
  throw new Error("The answer is a list: one photo or text was asked about.");
}

/** An answer without those to lists. */
export type One<T> = Exclude<T, { readonly results: unknown }>;

function isOne<T extends object>(data: T): data is One<T> {
  return !("results" in data);
}
