/** Problems of requests as such: paths, headers, bodies, repetitions, and trouble behind them. */
import { problemOf } from "../problem.ts";

export const nothingThere = problemOf(
  "not_found",
  "nothing_there",
  ({ method, path }: { method: string; path: string }) => `There is nothing at ${method} ${path}.`,
);
export const methodUnknown = problemOf(
  "method_not_allowed",
  "method_unknown",
  ({ method, path, known }: { method: string; path: string; known: string }) =>
    `${path} does not know ${method}. It knows ${known}.`,
);
export const noAcceptedType = problemOf(
  "not_acceptable",
  "no_accepted_type",
  ({ accept }: { accept: string }) =>
    `The API answers with application/json; the request's Accept allows only ${accept}.`,
);

export const bodyEmpty = problemOf("empty_body", "body_empty", () => "The request's body is empty.");
export const bodyTooLarge = problemOf(
  "body_too_large",
  "body_too_large",
  ({ limit }: { limit: number }) => `The request's body is larger than ${limit} bytes. Send less at once.`,
);
export const bodyTooSlow = problemOf(
  "body_too_slow",
  "body_too_slow",
  ({ step, whole }: { step: number; whole: number }) =>
    `The request's body came too slowly: each 64 KiB must arrive within ${step} s, and all of it within ${whole} s. Use a better connection.`,
);
export const noRoom = problemOf(
  "overloaded",
  "no_room",
  () => "More is coming in than this server can handle at once. Try again in a few seconds.",
);
export const bodyCutOff = problemOf(
  "bad_request",
  "body_cut_off",
  () => "The connection ended before the whole body arrived. Send it again.",
);
export const bodyPacked = problemOf(
  "unsupported_media_type",
  "body_packed",
  ({ coding }: { coding: string }) =>
    `This server does not read Content-Encoding ${coding}. Send the body uncompressed.`,
);
export const notJsonType = problemOf(
  "unsupported_media_type",
  "not_json_type",
  ({ type }: { type: string }) => `Content-Type ${type} is not JSON. Send application/json.`,
);
export const brokenJson = problemOf("bad_request", "broken_json", () => "The body is not valid JSON in UTF-8.");
export const brokenMultipart = problemOf(
  "bad_request",
  "broken_multipart",
  () => "The multipart body cannot be read. Check its boundary and its end.",
);

export const firstTryUnanswered = problemOf(
  "idempotency_in_progress",
  "first_try_unanswered",
  () => "The first request with this Idempotency-Key has not been answered yet.",
);
export const keyOfAnotherRequest = problemOf(
  "idempotency_mismatch",
  "key_of_another_request",
  () => "This Idempotency-Key came with another request before. Use a new one for each request.",
);

export const databaseSilent = problemOf(
  "storage_unavailable",
  "database_silent",
  () => "The database did not answer; nothing of this request was stored. Try again.",
);
export const databaseNotReady = problemOf(
  "storage_unavailable",
  "database_not_ready",
  ({ fault }: { fault: string }) => `The database ${fault}.`,
);
export const wrongSetting = problemOf("misconfigured", "wrong_setting", ({ fault }: { fault: string }) => fault);
export const somethingBroke = problemOf(
  "internal",
  "something_broke",
  () => "Something went wrong here. Report the request id to the operator.",
);
