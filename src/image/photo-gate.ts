/**
 * Who may bring a photo in, and whose turn it is. An isolate has 128 MB for everything, so the bytes of photos that wait are
 * bounded, and one photo at a time is decoded and embedded. What does not fit is told to come back.
 * A request may be ended without giving its room back, so room is lent, as turns are.
 */
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { createTurns, type TakeTurn, type TurnsOptions } from "../shared/turns.ts";

export interface PhotoGateOptions extends TurnsOptions {
  /** Bytes of all photos that are being received, wait or are worked on. One photo may exceed it when it is alone. */
  readonly maxBytes: number;
  readonly maxPhotos: number;
}

export interface PhotoGate {
  /** Takes room for a body of so many bytes, or refuses with `overloaded`. The returned function gives it back. */
  admit(bytes: number): Result<() => void, Problem>;
  /** Runs `work` when those that came before are done. */
  readonly takeTurn: TakeTurn;
}

/** Longer than any photo takes to be received and worked on. */
const ROOM_LEASE_MS = 60_000;

export function createPhotoGate(options: PhotoGateOptions): PhotoGate {
  return { admit: createRoom(options), takeTurn: createTurns(options) };
}

function createRoom({ maxBytes, maxPhotos, clock }: PhotoGateOptions): PhotoGate["admit"] {
  const held = new Map<{ admittedAt: number }, number>();

  return function admit(bytes) {
    for (const ticket of held.keys()) {
      if (clock() - ticket.admittedAt > ROOM_LEASE_MS) held.delete(ticket);
    }
    const total = [...held.values()].reduce((sum, size) => sum + size, bytes);
    if (held.size > 0 && (total > maxBytes || held.size >= maxPhotos)) {
      return err(problem("overloaded", "More photos are coming in than can be looked at. Try again in a few seconds."));
    }
    const ticket = { admittedAt: clock() };
    held.set(ticket, bytes);
    return ok(() => void held.delete(ticket));
  };
}
