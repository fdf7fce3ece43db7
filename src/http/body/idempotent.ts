/**
 * Writes that a client may send again when it does not know whether the first try arrived: with the same `Idempotency-Key` and the same
 * bytes they do nothing and get the first answer. Bodies are hashed where they are received, so that no photo is held
 * twice. Without the header nothing is looked up.
 */
import type { Context, MiddlewareHandler } from "hono";
import { refuseFields } from "../../operations/field-faults.ts";
import { repeatKeyMalformed, repeatKeyNotTaken } from "../../shared/english/fields.ts";
import { firstTryUnanswered, keyOfAnotherRequest } from "../../shared/english/requests.ts";
import { sha256HexOfText } from "../../shared/hash.ts";
import { claimKey, keepAnswer, type RepeatableAnswer, releaseKey } from "../../store/access/repeatable-answers.ts";
import { readContributor } from "../access/contributor.ts";
import { findOperation } from "../access/require-access.ts";
import { logFailedWrite } from "../answers/beside-answer.ts";
import { respondProblem } from "../answers/problem-response.ts";
import type { AppEnv } from "../app-env.ts";
import { longestPhotoBody, MAX_BATCH_BYTES } from "../modality/photo-body.ts";
import { receiveBody } from "./receive-body.ts";

/** The longest answer that is kept, in bytes. */
const MAX_ANSWER_BYTES = 64 * 1024;
const BUSY_SECONDS = 1;
const HEADER = "Idempotency-Key";
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Does nothing without the header `Idempotency-Key`. A key that comes again with other bytes is refused. */
export function repeatWrites(): MiddlewareHandler<AppEnv> {
  return async function repeatWrites(c, next) {
    const key = c.req.header("idempotency-key");
    const repeats = key === undefined ? undefined : findOperation(c)?.repeats;
    if (key === undefined || repeats === undefined) return next();
    // A client that counts on the header must learn that an answer with a secret is kept nowhere.
    if (repeats === "refused") return respondProblem(c, refuseFields([repeatKeyNotTaken({ field: HEADER })]));
    if (!KEY.test(key)) return respondProblem(c, refuseFields([repeatKeyMalformed({ field: HEADER })]));
    return answerOnce(c, await sha256HexOfText(`${await nameCaller(c)}\n${key}`), next);
  };
}

async function answerOnce(
  c: Context<AppEnv>,
  keyHash: string,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const { db, clock } = c.get("services");
  const claimedAt = clock();
  const found = await claimKey(db, keyHash, claimedAt);
  if (found === "busy") {
    return respondProblem(c, { ...firstTryUnanswered(), retryAfterSeconds: BUSY_SECONDS });
  }
  if (found !== "claimed") return repeat(c, found);
  c.set("wantsBodyHash", true);
  await next();
  const answer = await toRepeatable(c);
  try {
    await (answer === null ? releaseKey(db, keyHash, claimedAt) : keepAnswer(db, keyHash, claimedAt, answer));
  } catch (error) {
    // The work is done, and its answer right; until the claim expires a repetition is told to wait.
    logFailedWrite(error, { event: "answer_not_kept" });
  }
  return undefined;
}

async function repeat(c: Context<AppEnv>, { requestHash, status, body }: RepeatableAnswer): Promise<Response> {
  c.set("wantsBodyHash", true);
  const longest = Math.max(MAX_BATCH_BYTES, longestPhotoBody(c.get("services").config));
  const received = await receiveBody(c, longest, "photos");
  if (!received.ok) return respondProblem(c, received.error);
  const bodyHash = c.get("bodyHash");
  if (bodyHash === undefined || (await hashRequest(c, bodyHash)) !== requestHash) {
    return respondProblem(c, keyOfAnotherRequest());
  }
  const type = status < 400 ? "application/json" : "application/problem+json";
  const headers = { "idempotency-replayed": "true", ...(body === "" ? {} : { "content-type": type }) };
  // By the context, which adds this request's own id and cookie.
  return c.newResponse(body === "" ? null : body, new Response(null, { status, headers }));
}

/** The answer to keep; null where the next try should do the work again: after trouble that passes, or a body that nobody read. */
async function toRepeatable(c: Context<AppEnv>): Promise<RepeatableAnswer | null> {
  const hasBody = c.req.raw.body !== null;
  const bodyHash = hasBody ? c.get("bodyHash") : await crypto.subtle.digest("SHA-256", new Uint8Array());
  const { status } = c.res;
  if (bodyHash === undefined || status >= 500 || status === 429) return null;
  const body = await c.res.clone().text();
  if (new TextEncoder().encode(body).length > MAX_ANSWER_BYTES) return null;
  return { requestHash: await hashRequest(c, bodyHash), status, body };
}

/** A key's id, a person, the bootstrap secret, or the network of a guest. */
async function nameCaller(c: Context<AppEnv>): Promise<string> {
  const identity = c.get("identity");
  return identity === null ? `guest ${await readContributor(c)}` : `${identity.kind} ${identity.actor}`;
}

function hashRequest(c: Context<AppEnv>, bodyHash: ArrayBuffer): Promise<string> {
  const { pathname, search } = new URL(c.req.url);
  return sha256HexOfText(`${c.req.method} ${pathname}${search}\n${new Uint8Array(bodyHash).toHex()}`);
}
