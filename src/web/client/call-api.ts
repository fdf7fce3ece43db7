/**
 * The one place that talks to the API: sends a request and gives back a decoded value or a `Problem`, never an
 * exception. Knows no routes.
 */
import { err, ok, type Result } from "../../shared/result.ts";
import type { Decoder } from "./decode.ts";
import { isSentAsItIs } from "./photo-types.ts";
import { describeFailure, type Problem, readProblem } from "./problem.ts";

/** Long enough for a cold backbone behind a slow phone network; without it a lost connection hangs for minutes. */
const REQUEST_TIMEOUT_MS = 60_000;

/** Carries `json` or `body`, never both. */
export interface ApiRequest {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  /** A plain value that is sent as JSON. */
  readonly json?: unknown;
  /** A photo, a message in its place, or a form, sent as it is. */
  readonly body?: Blob | FormData;
  /** Beside the body's type. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** The browser's own rule where absent: cookies go along to this very origin. */
  readonly credentials?: RequestCredentials;
}

/** What `callApi` is, and whatever stands in for it. */
export type CallApi = <T>(request: ApiRequest, decoder: Decoder<T>) => Promise<Result<T, Problem>>;

/** Gives up after a minute. An answer that the decoder does not know is a problem as well. */
export async function callApi<T>(request: ApiRequest, decoder: Decoder<T>): Promise<Result<T, Problem>> {
  try {
    const response = await fetch(request.path, toInit(request));
    const body = await response.text();
    if (!response.ok) return err(readProblem(response.status, body));
    const value: unknown = body === "" ? null : JSON.parse(body);
    return ok(decoder(value, "answer"));
  } catch (thrown) {
    return err(describeFailure(thrown));
  }
}

function toInit({ method = "GET", json, body, headers = {}, signal, credentials }: ApiRequest): RequestInit {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const init = {
    method,
    headers,
    ...(credentials !== undefined && { credentials }),
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  };
  if (json !== undefined) {
    return { ...init, body: JSON.stringify(json), headers: { ...headers, "content-type": "application/json" } };
  }
  if (body === undefined) return init;
  if (body instanceof FormData) return { ...init, body };
  // Under any other type the API would refuse a photo unseen; as plain bytes it looks at them and says what they are.
  const type = isSentAsItIs(body.type) ? body.type : "application/octet-stream";
  return { ...init, body, headers: { ...headers, "content-type": type } };
}
