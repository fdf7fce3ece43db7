/**
 * One thing at a time, across the requests of an isolate. In Workers that takes more than a chain of promises: a request may be ended
 * from outside at any await, and then nothing of it runs any more, no `finally` either; and who waits for a promise that
 * another request made is dropped with that request. So a turn is lent: everybody in the queue shows now and then that they are
 * there, who works as well as who waits, and who was not seen for a while is taken for gone. And everybody
 * waits for a promise of their own, which the one before resolves.
 */

import { type Every, every } from "./every.ts";

interface TurnsOptions {
  /** Unix time in ms. */
  readonly clock: () => number;
  readonly every: Every;
}

/** Runs `work` when those that came before are done; returns or throws what it does. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** A holder that has not been seen for this long is gone: longer than any work computes without a pause. */
const LEASE_MS = 15_000;
/** Work that has not ended by then waits for something that never comes. */
const MAX_WORK_MS = 60_000;
/** How often everybody in the queue shows that they are there. */
const HEARTBEAT_MS = 1_000;

const REAL_TIME: TurnsOptions = { clock: Date.now, every };

interface Ticket {
  /** When its owner was last seen, Unix time in ms. */
  seen: number;
  /** Tells its owner, who waits, to look at the queue. */
  wake: () => void;
}

/** A queue of its own. */
export function createTurns({ clock, every }: TurnsOptions = REAL_TIME): TakeTurn {
  /** The first one has the turn. */
  const queue: Ticket[] = [];

  function leave(ticket: Ticket): void {
    const place = queue.indexOf(ticket);
    if (place >= 0) queue.splice(place, 1);
    queue[0]?.wake();
  }

  function isSilent(ticket: Ticket): boolean {
    const now = clock();
    ticket.seen = Math.min(ticket.seen, now); // the clock may have gone back
    return now - ticket.seen > LEASE_MS;
  }

  async function wait(ticket: Ticket): Promise<void> {
    let suspects = new Set<Ticket>();
    while (queue[0] !== ticket) {
      let stop = () => {};
      await new Promise<void>((resolve) => {
        ticket.wake = resolve;
        stop = every(HEARTBEAT_MS, resolve);
      });
      stop();
      ticket.seen = clock();
      // Seen twice as silent: after a long computation, or when the clock was set, everybody is so once.
      const silent = queue.filter(isSilent);
      silent.filter((other) => suspects.has(other)).forEach(leave);
      suspects = new Set(silent);
    }
  }

  /** Until what it returns is called, or the request that works is ended. */
  function showUp(ticket: Ticket): () => void {
    let worked = 0;
    ticket.seen = clock();
    return every(HEARTBEAT_MS, () => {
      worked += HEARTBEAT_MS;
      if (worked < MAX_WORK_MS) ticket.seen = clock();
    });
  }

  return async function takeTurn(work) {
    const ticket: Ticket = { seen: clock(), wake: () => {} };
    let stopShowingUp = () => {};
    queue.push(ticket);
    try {
      await wait(ticket);
      stopShowingUp = showUp(ticket);
      return await work();
    } finally {
      stopShowingUp();
      leave(ticket);
    }
  };
}
