/**
 * One thing at a time, across the requests of an isolate. Workers make that harder than a chain of promises: a request may be ended
 * from outside at any await, and then nothing of it runs any more, no `finally` either; and who waits for a promise that
 * another request made is dropped with that request. So a turn is lent: who was not seen for a while is taken for gone. And everybody
 * waits for a promise of their own, which the one before resolves.
 */

export interface TurnsOptions {
  /** Unix time in ms. */
  readonly clock: () => number;
  /** Resolves after so many ms. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** Runs `work` when those that came before are done; returns or throws what it does. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Longer than any work takes. */
const LEASE_MS = 15_000;
/** How often those who wait show that they are there. */
const HEARTBEAT_MS = 1_000;

const REAL_TIME: TurnsOptions = {
  clock: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

interface Ticket {
  /** When its owner was last seen, Unix time in ms. */
  seen: number;
  /** Tells its owner, who waits, to look at the queue. */
  wake: () => void;
}

/** A queue of its own. */
export function createTurns({ clock, sleep }: TurnsOptions = REAL_TIME): TakeTurn {
  /** The first one has the turn. */
  const queue: Ticket[] = [];

  function leave(ticket: Ticket): void {
    const place = queue.indexOf(ticket);
    if (place >= 0) queue.splice(place, 1);
    queue[0]?.wake();
  }

  return async function takeTurn(work) {
    const ticket: Ticket = { seen: clock(), wake: () => {} };
    queue.push(ticket);
    try {
      while (queue[0] !== ticket) {
        const woken = Promise.withResolvers<void>();
        ticket.wake = woken.resolve;
        await Promise.race([woken.promise, sleep(HEARTBEAT_MS)]);
        ticket.seen = clock();
        if (ticket.seen - queue[0].seen > LEASE_MS) leave(queue[0]);
      }
      return await work();
    } finally {
      leave(ticket);
    }
  };
}
