/**
 * One thing at a time, across the requests of an isolate. Workers make that harder than a chain of promises: a request may be ended
 * from outside at any await, and then nothing of it runs any more, no `finally` either; and who waits for a promise that
 * another request made is dropped with that request. So a turn is lent: everybody in the queue shows now and then that they are
 * there, who works as well as who waits, and who was not seen for a while is taken for gone. And everybody
 * waits for a promise of their own, which the one before resolves.
 */

interface TurnsOptions {
  /** Unix time in ms. */
  readonly clock: () => number;
  /** Resolves after so many ms. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** Runs `work` when those that came before are done; returns or throws what it does. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Who was not seen for so long is gone: longer than any work computes without a pause. */
const LEASE_MS = 15_000;
/** Work that has not ended by then waits for something that never comes. */
const MAX_WORK_MS = 60_000;
/** How often everybody in the queue shows that they are there. */
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

  function isSilent(ticket: Ticket): boolean {
    const now = clock();
    ticket.seen = Math.min(ticket.seen, now); // the clock may have gone back
    return now - ticket.seen > LEASE_MS;
  }

  async function wait(ticket: Ticket): Promise<void> {
    let suspects = new Set<Ticket>();
    while (queue[0] !== ticket) {
      const woken = Promise.withResolvers<void>();
      ticket.wake = woken.resolve;
      await Promise.race([woken.promise, sleep(HEARTBEAT_MS)]);
      ticket.seen = clock();
      // Seen twice as silent: after a long computation, or when the clock was set, everybody is so once.
      const silent = queue.filter(isSilent);
      silent.filter((other) => suspects.has(other)).forEach(leave);
      suspects = new Set(silent);
    }
  }

  /** Runs in the request that works, and ends with it. */
  async function showUp(ticket: Ticket): Promise<void> {
    for (let ms = 0; ms < MAX_WORK_MS && queue.includes(ticket); ms += HEARTBEAT_MS) {
      ticket.seen = clock();
      await sleep(HEARTBEAT_MS);
    }
  }

  return async function takeTurn(work) {
    const ticket: Ticket = { seen: clock(), wake: () => {} };
    queue.push(ticket);
    try {
      await wait(ticket);
      void showUp(ticket);
      return await work();
    } finally {
      leave(ticket);
    }
  };
}
