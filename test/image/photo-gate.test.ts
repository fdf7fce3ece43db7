import { describe, expect, it } from "vitest";
import { createPhotoGate } from "../../src/image/photo-gate.ts";

/** A gate whose clock only moves when somebody sleeps. */
function createTimedGate(options = { maxBytes: 100, maxPhotos: 3 }) {
  let now = 0;
  const sleep = async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    now += ms;
  };
  return { gate: createPhotoGate({ ...options, clock: () => now, sleep }), pass: (ms: number) => (now += ms) };
}

describe("the room for photos", () => {
  it("is refused over the bytes or the count, and free again when somebody leaves", () => {
    const { gate } = createTimedGate();
    const first = gate.admit(60);
    expect(gate.admit(50)).toMatchObject({ ok: false, error: { code: "overloaded" } });
    const second = gate.admit(20);
    const third = gate.admit(20);
    expect([first.ok, second.ok, third.ok]).toEqual([true, true, true]);
    expect(gate.admit(0)).toMatchObject({ ok: false, error: { code: "overloaded" } });
    if (first.ok) first.value();
    expect(gate.admit(60).ok).toBe(true);
  });

  it("holds one photo of any size when it is empty", () => {
    const { gate } = createTimedGate();
    expect(gate.admit(1_000).ok).toBe(true);
    expect(gate.admit(1).ok).toBe(false);
  });

  it("comes back from requests that ended without leaving", () => {
    const { gate, pass } = createTimedGate();
    gate.admit(100);
    expect(gate.admit(1).ok).toBe(false);
    pass(60_001);
    expect(gate.admit(100).ok).toBe(true);
  });
});

describe("the turns", () => {
  it("are one at a time, in order, and go on after a failure", async () => {
    const { gate } = createTimedGate();
    const log: string[] = [];
    const work = (name: string, fails = false) =>
      gate.takeTurn(async () => {
        log.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 2));
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const results = await Promise.allSettled([work("a"), work("b", true), work("c")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("are taken from one that never ends", async () => {
    const { gate } = createTimedGate();
    void gate.takeTurn(() => new Promise(() => {}));
    await expect(gate.takeTurn(async () => "next")).resolves.toBe("next");
  });
});
