/**
 * The memory that bodies of requests may take in an isolate, booked by what has arrived, not by what was promised. A guest's
 * network gets a share of it, so that one of them never fills it alone. A request may be ended from outside without giving its room
 * back: room is lent to holders that show now and then that they are still there.
 */

import type { Every } from "./every.ts";

interface RoomOptions {
  /** Bytes of all bodies together. One body may exceed it when it is alone. */
  readonly maxBytes: number;
  /** Bytes of one network's bodies together. One of them may exceed it when it is the network's only one. */
  readonly maxBytesOfNetwork: number;
  /** Bodies that have arrived and wait to be worked on; absent: any number. */
  readonly maxWaiting?: number;
  /** The same of one network. */
  readonly maxWaitingOfNetwork?: number;
  /** Unix time in ms. */
  readonly clock: () => number;
  readonly every: Every;
}

/** Beside the backbone, its runtime and one photo's pixels, an isolate's 128 MB hold little more. */
const MAX_PHOTO_BYTES = 12 * 1024 * 1024;
/** At a tenth of a second each, the last one waits about three seconds. */
const MAX_WAITING_PHOTOS = 32;
/** Sixteen of the longest. */
const MAX_TEXT_BYTES = 2 * 1024 * 1024;

/** For photos, and what else is long. Half of it is for guests of other networks, whatever one of them does. */
export const PHOTO_ROOM = {
  maxBytes: MAX_PHOTO_BYTES,
  maxBytesOfNetwork: MAX_PHOTO_BYTES / 2,
  maxWaiting: MAX_WAITING_PHOTOS,
  maxWaitingOfNetwork: MAX_WAITING_PHOTOS / 2,
};
/** For bodies of JSON and of plain forms. */
export const TEXT_ROOM = { maxBytes: MAX_TEXT_BYTES, maxBytesOfNetwork: MAX_TEXT_BYTES / 2 };

/** What one body has of the room. */
export interface Booking {
  /** The body takes so many bytes now. False where there is no room for that; then nothing has changed. */
  hold(bytes: number): boolean;
  /** The body has arrived and waits. False where too many do. */
  wait(): boolean;
  /** Gives everything back; may be called more than once. */
  leave(): void;
}

/**
 * Enters with a body of which `declared` bytes are promised: null where so many would not fit at this moment, or too many wait.
 * `network` is null for known callers, who have no share to keep to.
 */
export type EnterRoom = (network: string | null, declared: number) => Booking | null;

/** As much costs the connection itself: so little is never refused. */
export const FREE_BYTES = 4 * 1024;

/** After which somebody who has not been seen is taken for gone. No request computes for so long without a pause. */
const LEASE_MS = 60_000;
const HEARTBEAT_MS = 5_000;

interface Ticket {
  readonly network: string | null;
  bytes: number;
  isWaiting: boolean;
  /** When its owner was last seen, Unix time in ms. */
  seen: number;
}

/** Sizes are in bytes. `enter` gives null, and `hold` false, where the body no longer fits beside the others. */
export function createRoom(options: RoomOptions): EnterRoom {
  const { clock, every, maxWaiting = Infinity, maxWaitingOfNetwork = Infinity } = options;
  const tickets = new Set<Ticket>();

  /** Whether `ticket` may take so many bytes beside all the others. */
  function fits(ticket: Ticket, bytes: number): boolean {
    if (bytes <= FREE_BYTES) return true;
    const others = [...tickets].filter((other) => other !== ticket && other.bytes > FREE_BYTES);
    const ofNetwork = others.filter((other) => ticket.network !== null && other.network === ticket.network);
    return (
      (others.length === 0 || sumBytes(others) + bytes <= options.maxBytes) &&
      (ofNetwork.length === 0 || sumBytes(ofNetwork) + bytes <= options.maxBytesOfNetwork)
    );
  }

  function mayWait(ticket: Ticket): boolean {
    const waiting = [...tickets].filter((other) => other !== ticket && other.isWaiting);
    const ofNetwork = waiting.filter((other) => ticket.network !== null && other.network === ticket.network);
    return waiting.length < maxWaiting && ofNetwork.length < maxWaitingOfNetwork;
  }

  function dropTheGone(now: number): void {
    for (const ticket of tickets) {
      if (ticket.seen > now) ticket.seen = now; // the clock went back
      if (now - ticket.seen > LEASE_MS) tickets.delete(ticket);
    }
  }

  return function enter(network, declared) {
    dropTheGone(clock());
    const ticket: Ticket = { network, bytes: 0, isWaiting: false, seen: clock() };
    if (!fits(ticket, declared) || !mayWait(ticket)) return null;
    tickets.add(ticket);
    // Ends with the request that owns the ticket, however that ends.
    const stopShowingUp = every(HEARTBEAT_MS, () => {
      ticket.seen = clock();
    });
    return {
      hold(bytes) {
        if (!fits(ticket, bytes)) return false;
        ticket.bytes = bytes;
        return true;
      },
      wait() {
        if (!mayWait(ticket)) return false;
        ticket.isWaiting = true;
        return true;
      },
      leave() {
        stopShowingUp();
        tickets.delete(ticket);
      },
    };
  };
}

function sumBytes(tickets: readonly Ticket[]): number {
  return tickets.reduce((sum, { bytes }) => sum + bytes, 0);
}
