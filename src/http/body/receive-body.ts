/**
 * Takes a request's body in: under a limit, at a least pace, in the room that its isolate has for bodies. What cannot be taken in becomes a
 * problem. The only place that touches raw bodies.
 */
import type { Context, MiddlewareHandler } from "hono";
import { bodyCutOff, bodyPacked, bodyTooLarge, bodyTooSlow, noRoom } from "../../shared/english/requests.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { readClientNetwork } from "../access/contributor.ts";
import type { AppEnv } from "../app-env.ts";
import { BODY_SECONDS, type BodyFault, dropWhole, readWhole, STEP_SECONDS } from "./read-body.ts";

const EMPTY = new Uint8Array();

/** `photos` holds what waits for its turn and every other long body; `texts` the rest, so that long bodies keep no short one out. */
export type RoomName = "photos" | "texts";

/**
 * Receives at most `limit` bytes, none where there is no body. Its room is given back when the request has been answered. Problems:
 * `body_too_large`, `body_too_slow`, `overloaded`, `bad_request` for a body that was cut off, `unsupported_media_type` for one that is packed.
 */
export async function receiveBody(
  c: Context<AppEnv>,
  limit: number,
  roomName: RoomName,
): Promise<Result<Uint8Array<ArrayBuffer>, Problem>> {
  const declared = readDeclaredLength(c);
  if ((declared ?? 0) > limit) return err(explainFault("too_large", limit));
  const coding = c.req.header("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (coding !== "identity" && coding !== "") return err(bodyPacked({ coding }));
  const { body } = c.req.raw;
  const received = body === null ? ok(EMPTY) : await receive(c, body, { declared, limit, roomName });
  if (!received.ok) return err(explainFault(received.error, limit));
  if (c.get("wantsBodyHash")) c.set("bodyHash", await crypto.subtle.digest("SHA-256", received.value));
  return received;
}

/** Gives back, once a request has been answered, the room that its body took. */
export function leaveRoom(): MiddlewareHandler<AppEnv> {
  return async function leaveRoom(c, next) {
    try {
      await next();
    } finally {
      c.get("leaveRoom")?.();
    }
  };
}

async function receive(
  c: Context<AppEnv>,
  body: ReadableStream<Uint8Array>,
  { declared, limit, roomName }: { declared: number | null; limit: number; roomName: RoomName },
): Promise<Result<Uint8Array<ArrayBuffer>, BodyFault>> {
  const { bodyRooms, every } = c.get("services");
  const booking = bodyRooms[roomName](boundNetwork(c), declared ?? 0);
  if (booking === null) return err("no_room");
  c.set("leaveRoom", booking.leave);
  const received = await readWhole(body, { declared, limit, booking, every });
  if (!received.ok) booking.leave();
  return received.ok && !booking.wait() ? err("no_room") : received;
}

/** Guests of one site share its part of the room, since one guest can pose as many. Null for callers with a key, who may take all of it. */
function boundNetwork(c: Context<AppEnv>): string | null {
  return c.get("identity") === null ? readClientNetwork(c.req.header("cf-connecting-ip")).site : null;
}

function readDeclaredLength(c: Context<AppEnv>): number | null {
  const declared = c.req.header("content-length");
  return declared === undefined ? null : Number(declared);
}

function explainFault(fault: BodyFault, limit: number): Problem {
  switch (fault) {
    case "too_large":
      return bodyTooLarge({ limit });
    case "too_slow":
      return bodyTooSlow({ step: STEP_SECONDS, whole: BODY_SECONDS });
    case "no_room":
      return noRoom();
    case "cut_off":
      return bodyCutOff();
  }
}

/*
 * Lets a client read why it was refused while it was still sending: workerd ends a connection when the answer goes out before the whole
 * body has come in, and the client would see a broken connection instead.
 */

/** More than any body that is taken in; who declares more has to stop sending anyway. */
const MAX_DROPPED_BYTES = 16 * 1024 * 1024;

/** Once the answer is made, receives and drops a body that nobody has read. */
export function finishUploads(): MiddlewareHandler<AppEnv> {
  return async function finishUploads(c, next) {
    await next();
    const { body, bodyUsed } = c.req.raw;
    if (body === null || bodyUsed || Number(c.req.header("content-length") ?? 0) > MAX_DROPPED_BYTES) return;
    await dropWhole(body, c.get("services").every);
  };
}
