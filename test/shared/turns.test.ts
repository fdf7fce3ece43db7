import { describe, expect, it } from "vitest";
import type { Every } from "../../src/shared/every.ts";
import { createTurns } from "../../src/shared/turns.ts";
import { createVirtualTime, letRun } from "../support/virtual-time.ts";

const never = () => new Promise<never>(() => {});

/** A queue whose timers can be made to stand still, as those of a request that was ended. */
function createTimedTurns() {
  const time = createVirtualTime();
  let isEnded = false;
  const every: Every = (ms, tick) => (isEnded ? () => {} : time.every(ms, tick));
  return {
    ...time,
    takeTurn: createTurns({ clock: time.clock, every }),
    /** What `start` starts belongs to a request that is ended at once. */
    async inEndedRequest(start: () => unknown) {
      isEnded = true;
      start();
      await letRun();
      isEnded = false;
    },
  };
}

/** Work that ends when it is told to. */
function createWork() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isBegun = false;
  return {
    async run() {
      isBegun = true;
      await promise;
    },
    end: resolve,
    get isBegun() {
      return isBegun;
    },
  };
}

describe("turns", () => {
  it("are one at a time, in order, and go on after a failure", async () => {
    const { takeTurn } = createTimedTurns();
    const log: string[] = [];
    const work = (name: string, fails = false) =>
      takeTurn(async () => {
        log.push(`${name} begins`);
        await letRun();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const results = await Promise.allSettled([work("a"), work("b", true), work("c")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("leave no timer running", async () => {
    const { takeTurn, countTimers } = createTimedTurns();
    const [first, second] = [createWork(), createWork()];
    const both = Promise.all([takeTurn(first.run), takeTurn(second.run)]);
    await letRun();
    expect(countTimers()).toBe(2);
    first.end();
    second.end();
    await both;
    expect(countTimers()).toBe(0);
  });

  it("stay with one who works for long, as long as their request lives", async () => {
    const { takeTurn, pass } = createTimedTurns();
    const [long, next] = [createWork(), createWork()];
    void takeTurn(long.run);
    void takeTurn(next.run);
    await pass(50_000);
    expect([long.isBegun, next.isBegun]).toEqual([true, false]);
    long.end();
    await pass(1);
    expect(next.isBegun).toBe(true);
  });

  it("are taken from requests that were ended, at work or waiting", async () => {
    const { takeTurn, pass, inEndedRequest } = createTimedTurns();
    await inEndedRequest(() => Array.from({ length: 5 }, () => takeTurn(never)));
    const next = createWork();
    void takeTurn(next.run);
    await pass(14_000);
    expect(next.isBegun).toBe(false);
    await pass(4_000);
    expect(next.isBegun).toBe(true);
  });

  it("are taken from work that waits for what never comes", async () => {
    const { takeTurn, pass } = createTimedTurns();
    void takeTurn(never);
    const next = createWork();
    void takeTurn(next.run);
    await pass(60_000);
    expect(next.isBegun).toBe(false);
    await pass(20_000);
    expect(next.isBegun).toBe(true);
  });

  it("stay where they are when the clock is set, forth or back, and when everything stood still", async () => {
    const { takeTurn, pass, setClock, clock } = createTimedTurns();
    const [long, next] = [createWork(), createWork()];
    void takeTurn(long.run);
    void takeTurn(next.run);
    for (const ms of [3_600_000, -7_200_000, 30_000]) {
      setClock(clock() + ms);
      await pass(5_000);
      expect([long.isBegun, next.isBegun]).toEqual([true, false]);
    }
  });

  it("are taken from requests that were ended, where the clock was set back", async () => {
    const { takeTurn, pass, inEndedRequest, setClock } = createTimedTurns();
    await inEndedRequest(() => takeTurn(never));
    setClock(0);
    const next = createWork();
    void takeTurn(next.run);
    await pass(18_000);
    expect(next.isBegun).toBe(true);
  });
});
