/**
 * `fetch` with patience: what can be tried again safely is tried again, when the deployment says so (`Retry-After`) and within bounds.
 * A write gets an idempotency key and is sent with the same bytes each time, so that it is done once however often it arrives.
 */

/** How patient to be. */
export interface PatienceOptions {
  /** How often a request is sent at most. */
  readonly maxAttempts?: number;
  /** A deployment that asks for a longer pause is not waited for: its answer is the caller's. */
  readonly maxPauseMs?: number;
}

const MAX_ATTEMPTS = 4;
const MAX_PAUSE_MS = 20_000;
/** Doubled with each attempt where the deployment names no time. */
const FIRST_PAUSE_MS = 500;
/** Too many requests, or a deployment that is overloaded or not to be reached behind a proxy. */
const PASSING = new Set([429, 502, 503, 504]);
/** These answer with a secret once, and refuse the header. */
const WITHOUT_KEY = /^\/v1\/admin\/keys(\/|$)/;

/** For `openapi-fetch` and anything else that takes a `fetch` of requests. Rejects as `fetch` does when the last attempt fails. */
export function createPatientFetch({ maxAttempts = MAX_ATTEMPTS, maxPauseMs = MAX_PAUSE_MS }: PatienceOptions = {}) {
  return async function patientFetch(request: Request): Promise<Response> {
    const headers = new Headers(request.headers);
    const isWrite = request.method === "POST" && !WITHOUT_KEY.test(new URL(request.url).pathname);
    if (isWrite && !headers.has("idempotency-key")) headers.set("idempotency-key", crypto.randomUUID());
    const body = await readBody(request);
    const isSafe = headers.has("idempotency-key") || request.method !== "POST";
    for (let attempt = 1; ; attempt++) {
      const sent = fetch(new Request(request.url, { method: request.method, headers, body, signal: request.signal }));
      const isLast = attempt === maxAttempts || !isSafe;
      const response = isLast ? await sent : await sent.catch(rethrowAborted(request.signal));
      const pause = response === null ? null : readPause(response);
      if (isLast || (response !== null && !PASSING.has(response.status)) || (pause ?? 0) > maxPauseMs) {
        if (response !== null) return response;
      }
      await response?.body?.cancel();
      await wait(Math.min(maxPauseMs, pause ?? FIRST_PAUSE_MS * 2 ** (attempt - 1)), request.signal);
    }
  };
}

/** Firefox has no `body` to look at, and takes none with a GET. */
async function readBody(request: Request): Promise<ArrayBuffer | null> {
  const bytes = await request.arrayBuffer();
  return bytes.byteLength === 0 ? null : bytes;
}

/** A failed connection is tried again; a caller who has given up is not. */
function rethrowAborted(signal: AbortSignal) {
  return (cause: unknown): null => {
    if (signal.aborted) throw cause;
    return null;
  };
}

/** Milliseconds; null where the answer names no time. RFC 9110: seconds, or a date. */
function readPause({ headers }: Response): number | null {
  const after = headers.get("retry-after");
  if (after === null) return null;
  const seconds = /^\d+$/.test(after) ? Number(after) : (Date.parse(after) - Date.now()) / 1_000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds * 1_000);
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
