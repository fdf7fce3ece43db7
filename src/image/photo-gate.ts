/**
 * Who may bring a photo in, and whose turn it is. An isolate has 128 MB for everything, so the bytes of photos that wait are
 * bounded, and one photo at a time is decoded and embedded. What does not fit is told to come back.
 *
 * A request may be ended from outside at any await, and then nothing of it runs any more, no `finally` either. So a turn and
 * room are lent: who was not seen for a while is taken for gone.
 */
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";

export interface PhotoGateOptions {
  /** Bytes of all photos that are being received, wait or are worked on. One photo may exceed it when it is alone. */
  readonly maxBytes: number;
  readonly maxPhotos: number;
  /** Unix time in ms. */
  readonly clock: () => number;
  /** Resolves after so many ms. */
  readonly sleep: (ms: number) => Promise<void>;
}

export interface PhotoGate {
  /** Takes room for a body of so many bytes, or refuses with `overloaded`. The returned function gives it back. */
  admit(bytes: number): Result<() => void, Problem>;
  /** Runs `work` when those that came before are done. */
  takeTurn<T>(work: () => Promise<T>): Promise<T>;
}

interface Ticket {
  /** When its owner was last seen, Unix time in ms. */
  seen: number;
}

/** Longer than any photo takes to be received, or to be worked on. */
const ROOM_LEASE_MS = 60_000;
const TURN_LEASE_MS = 15_000;
/** How often those who wait show that they are there. */
const HEARTBEAT_MS = 1_000;

export function createPhotoGate(options: PhotoGateOptions): PhotoGate {
  return { admit: createRoom(options), takeTurn: createTurns(options) };
}

function createRoom({ maxBytes, maxPhotos, clock }: PhotoGateOptions): PhotoGate["admit"] {
  const held = new Map<Ticket, number>();

  return function admit(bytes) {
    for (const ticket of held.keys()) {
      if (clock() - ticket.seen > ROOM_LEASE_MS) held.delete(ticket);
    }
    const total = [...held.values()].reduce((sum, size) => sum + size, bytes);
    if (held.size > 0 && (total > maxBytes || held.size >= maxPhotos)) {
      return err(problem("overloaded", "More photos are coming in than can be looked at. Try again in a few seconds."));
    }
    const ticket = { seen: clock() };
    held.set(ticket, bytes);
    return ok(() => void held.delete(ticket));
  };
}

function createTurns({ clock, sleep }: PhotoGateOptions): PhotoGate["takeTurn"] {
  /** The first one has the turn. */
  const queue: Ticket[] = [];
  let next = Promise.withResolvers<void>();

  function leave(ticket: Ticket): void {
    const place = queue.indexOf(ticket);
    if (place >= 0) queue.splice(place, 1);
    next.resolve();
    next = Promise.withResolvers();
  }

  return async function takeTurn(work) {
    const ticket = { seen: clock() };
    queue.push(ticket);
    try {
      while (queue[0] !== ticket) {
        await Promise.race([next.promise, sleep(HEARTBEAT_MS)]);
        ticket.seen = clock();
        if (ticket.seen - queue[0].seen > TURN_LEASE_MS) leave(queue[0]);
      }
      return await work();
    } finally {
      leave(ticket);
    }
  };
}
