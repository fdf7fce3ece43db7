import { describe, expect, it } from "vitest";
import type { Every } from "../../src/shared/every.ts";
import { type Booking, createRoom, FREE_BYTES, PHOTO_ROOM } from "../../src/shared/room.ts";
import { createVirtualTime } from "../support/virtual-time.ts";

const KIB = 1024;

const SMALL = { maxBytes: 100 * KIB, maxBytesOfNetwork: 50 * KIB, maxWaiting: 4, maxWaitingOfNetwork: 2 };

function createTimedRoom(limits = SMALL) {
  const time = createVirtualTime();
  return { ...time, enter: createRoom({ ...limits, ...time }) };
}

/** Enters, or fails the test. */
function mustEnter(booking: Booking | null): Booking {
  if (booking === null) throw new Error("there was no room");
  return booking;
}

describe("the room", () => {
  it("is taken by what has arrived, not by what was promised", () => {
    const { enter } = createTimedRoom();
    const bookings = Array.from({ length: 20 }, (_, i) => mustEnter(enter(`n${i}`, 40 * KIB)));
    expect(bookings.map((booking) => booking.hold(FREE_BYTES + 1))).toEqual(bookings.map(() => true));
    expect(bookings[0].hold(40 * KIB)).toBe(false);
    expect(bookings.slice(10).map((booking) => booking.leave())).toHaveLength(10);
    expect(bookings[0].hold(40 * KIB)).toBe(true);
  });

  it("is refused at the door where the promise would not fit beside what is there", () => {
    const { enter } = createTimedRoom();
    const first = mustEnter(enter(null, 0));
    expect(first.hold(70 * KIB)).toBe(true);
    expect(enter(null, 31 * KIB)).toBeNull();
    expect(enter(null, 30 * KIB)).not.toBeNull();
    first.leave();
    expect(enter(null, 31 * KIB)).not.toBeNull();
  });

  it("holds one body of any size, if it is alone", () => {
    const { enter } = createTimedRoom();
    const big = mustEnter(enter("a", 1_000 * KIB));
    expect(big.hold(1_000 * KIB)).toBe(true);
    expect(enter("b", 5 * KIB)).toBeNull();
  });

  it("answers a guest's largest photo when it is alone, and no second one of that network beside it", () => {
    const { enter } = createTimedRoom(PHOTO_ROOM);
    const big = mustEnter(enter("a", 10 * 1024 * KIB));
    expect([big.hold(10 * 1024 * KIB), big.wait()]).toEqual([true, true]);
    expect(enter("a", 64 * KIB)).toBeNull();
    expect(mustEnter(enter("b", 64 * KIB)).hold(64 * KIB)).toBe(true);
    big.leave();
    expect(mustEnter(enter("a", 10 * 1024 * KIB)).hold(10 * 1024 * KIB)).toBe(true);
  });

  it("is shared among networks: one has half of it, and the rest is for the others", () => {
    const { enter } = createTimedRoom();
    const ofOne = Array.from({ length: 10 }, () => mustEnter(enter("a", 0)));
    const held = ofOne.filter((booking) => booking.hold(10 * KIB));
    expect(held).toHaveLength(5);
    expect(enter("a", 10 * KIB)).toBeNull();
    expect(mustEnter(enter("b", 40 * KIB)).hold(40 * KIB)).toBe(true);
    expect(mustEnter(enter(null, 10 * KIB)).hold(10 * KIB)).toBe(true);
  });

  it("always takes what a connection costs anyway, so that a sign-in gets through", () => {
    const { enter } = createTimedRoom();
    mustEnter(enter("a", 0)).hold(1_000 * KIB);
    expect(mustEnter(enter("a", 100)).hold(100)).toBe(true);
    expect(mustEnter(enter("b", FREE_BYTES)).hold(FREE_BYTES)).toBe(true);
  });

  it("lets so many wait, and so many of one network", () => {
    const { enter } = createTimedRoom();
    const [a1, a2, a3] = [1, 2, 3].map(() => mustEnter(enter("a", 0)));
    const [b1, c1, d1] = ["b", "c", "d"].map((network) => mustEnter(enter(network, 0)));
    expect([a1.wait(), a2.wait(), a3.wait()]).toEqual([true, true, false]);
    expect([b1.wait(), c1.wait(), d1.wait()]).toEqual([true, true, false]);
    expect(enter("e", 0)).toBeNull();
    a1.leave();
    expect(d1.wait()).toBe(true);
  });

  it("leaves no timer running", () => {
    const { enter, countTimers } = createTimedRoom();
    const booking = mustEnter(enter(null, 0));
    expect(countTimers()).toBe(1);
    booking.leave();
    expect(countTimers()).toBe(0);
  });

  it("comes back from requests that ended without leaving, and from no others", async () => {
    const time = createVirtualTime();
    let isEnded = true;
    const every: Every = (ms, tick) => (isEnded ? () => {} : time.every(ms, tick));
    const enter = createRoom({ maxBytes: 100 * KIB, maxBytesOfNetwork: 100 * KIB, clock: time.clock, every });
    mustEnter(enter(null, 0)).hold(60 * KIB); // its request runs no more
    isEnded = false;
    mustEnter(enter(null, 0)).hold(30 * KIB);
    await time.pass(61_000);
    expect(mustEnter(enter(null, 70 * KIB)).hold(71 * KIB)).toBe(false);
    await time.pass(600_000);
    expect(enter(null, 71 * KIB)).toBeNull();
  });

  it("comes back also where the clock was set back", async () => {
    const time = createVirtualTime();
    const room = { maxBytes: 100 * KIB, maxBytesOfNetwork: 100 * KIB, clock: time.clock };
    const enter = createRoom({ ...room, every: () => () => {} });
    mustEnter(enter(null, 0)).hold(100 * KIB);
    time.setClock(1_000);
    expect(enter(null, 10 * KIB)).toBeNull();
    await time.pass(61_000);
    expect(enter(null, 10 * KIB)).not.toBeNull();
  });
});
