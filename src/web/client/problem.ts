/**
 * What went wrong with a request, in one shape for the whole client: an RFC 9457 answer of the API, or a failure
 * to reach it. Pure.
 */
import type { Sentence } from "../../shared/sentence.ts";
import { DecodeError, number, object, text } from "./decode.ts";
import { sentences } from "./sentences.ts";

/** What went wrong before the API could say anything. */
export type FailureCode = "offline" | "timeout" | "aborted" | "unreadable";

export interface Problem {
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The API's code, or a `FailureCode` of the client's own. */
  readonly code: string;
  /** A sentence for people. */
  readonly detail: string;
  /** What `detail` says, for a page in another language. */
  readonly says: readonly Sentence[];
}

/** The sentence about an answer of something else than the API. */
export const SERVER_FAILED = "server_failed";

const problemBody = object({ status: number, code: text, detail: text, says: sentences });

/** Reads the body of an error answer; an answer from something else than the API gets words of its own. */
export function readProblem(status: number, body: string): Problem {
  try {
    return { ...problemBody(JSON.parse(body), "problem"), status };
  } catch {
    const detail = `The server answered with an error (${status}) and did not say why.`;
    return { status, code: "unreadable", detail, says: [{ code: SERVER_FAILED, params: { status } }] };
  }
}

/** Turns what `fetch` or a decoder threw into a problem. */
export function describeFailure(thrown: unknown): Problem & { readonly code: FailureCode } {
  if (thrown instanceof DecodeError || thrown instanceof SyntaxError) {
    return {
      status: 0,
      code: "unreadable",
      detail: "The server’s answer could not be read. Reload the page.",
      says: [],
    };
  }
  const name = thrown instanceof Error ? thrown.name : "";
  if (name === "TimeoutError") {
    return { status: 0, code: "timeout", detail: "The server took too long to answer. Try again.", says: [] };
  }
  if (name === "AbortError") return { status: 0, code: "aborted", detail: "Stopped.", says: [] };
  return {
    status: 0,
    code: "offline",
    detail: "The server cannot be reached. Check the connection, then try again.",
    says: [],
  };
}
