/** Problems of requests as such: paths, headers, bodies, repetitions, and trouble behind them. */
import { problemOf } from "../problem.ts";

/** No route has this path. */
export const nothingThere = problemOf(
  "not_found",
  "nothing_there",
  ({ method, path }: { method: string; path: string }) => `There is nothing at ${method} ${path}.`,
);
/** The path is right; `known` lists what it takes. */
export const methodUnknown = problemOf(
  "method_not_allowed",
  "method_unknown",
  ({ method, path, known }: { method: string; path: string; known: string }) =>
    `${path} does not know ${method}. It knows ${known}.`,
);
/** The `Accept` header rules JSON out. */
export const noAcceptedType = problemOf(
  "not_acceptable",
  "no_accepted_type",
  ({ accept }: { accept: string }) =>
    `The API answers with application/json; the request's Accept allows only ${accept}.`,
);

/** Of an operation that cannot do without. */
export const bodyEmpty = problemOf("empty_body", "body_empty", () => "The request's body is empty.");
/** `limit` is in bytes. */
export const bodyTooLarge = problemOf(
  "body_too_large",
  "body_too_large",
  ({ limit }: { limit: number }) => `The request's body is larger than ${limit} bytes. Send less at once.`,
);
/** Whoever sends a byte now and then would keep memory taken. Both limits are in seconds. */
export const bodyTooSlow = problemOf(
  "body_too_slow",
  "body_too_slow",
  ({ step, whole }: { step: number; whole: number }) =>
    `The request's body came too slowly: each 64 KiB must arrive within ${step} s, and all of it within ${whole} s. Use a better connection.`,
);
/** All bodies under way share the memory of one isolate. */
export const noRoom = problemOf(
  "overloaded",
  "no_room",
  () => "More is coming in than this server can handle at once. Try again in a few seconds.",
);
/** The sender hung up, or their network did. */
export const bodyCutOff = problemOf(
  "bad_request",
  "body_cut_off",
  () => "The connection ended before the whole body arrived. Send it again.",
);
/** A small packed body could unfold to any size. */
export const bodyPacked = problemOf(
  "unsupported_media_type",
  "body_packed",
  ({ coding }: { coding: string }) =>
    `This server does not read Content-Encoding ${coding}. Send the body uncompressed.`,
);
/** Browsers may send forms and plain text across sites without asking; JSON they may not. */
export const notJsonType = problemOf(
  "unsupported_media_type",
  "not_json_type",
  ({ type }: { type: string }) => `Content-Type ${type} is not JSON. Send application/json.`,
);
/** Cut off, misspelt, or in another encoding. */
export const brokenJson = problemOf("bad_request", "broken_json", () => "The body is not valid JSON in UTF-8.");
/** The form's parts cannot be told apart. */
export const brokenMultipart = problemOf(
  "bad_request",
  "broken_multipart",
  () => "The multipart body cannot be read. Check its boundary and its end.",
);

/** The same request is still at work. */
export const firstTryUnanswered = problemOf(
  "idempotency_in_progress",
  "first_try_unanswered",
  () => "The first request with this Idempotency-Key has not been answered yet.",
);
/** Requests are compared by their hashes. */
export const keyOfAnotherRequest = problemOf(
  "idempotency_mismatch",
  "key_of_another_request",
  () => "This Idempotency-Key came with another request before. Use a new one for each request.",
);

/** A write is one transaction, so nothing of it is stored. */
export const databaseSilent = problemOf(
  "storage_unavailable",
  "database_silent",
  () => "The database did not answer; nothing of this request was stored. Try again.",
);
/** Of `/v1/ready`; `fault` goes on after "The database", in English. */
export const databaseNotReady = problemOf(
  "storage_unavailable",
  "database_not_ready",
  ({ fault }: { fault: string }) => `The database ${fault}.`,
);
/** `fault` names the variable and says what to do, in English. */
export const wrongSetting = problemOf("misconfigured", "wrong_setting", ({ fault }: { fault: string }) => fault);
/** What nobody foresaw. The log has the rest under the request's id. */
export const somethingBroke = problemOf(
  "internal",
  "something_broke",
  () => "Something went wrong here. Report the request id to the operator.",
);
