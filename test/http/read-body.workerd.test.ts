import { describe, expect, it } from "vitest";
import { BODY_SECONDS, dropWhole, readWhole, STEP_SECONDS } from "../../src/http/body/read-body.ts";
import { createVirtualTime } from "../support/virtual-time.ts";

const KIB = 1024;
const LIMIT = 1_000 * KIB;

/** A body to which the test writes. */
function createBody() {
  const { readable, writable } = new IdentityTransformStream();
  const writer = writable.getWriter();
  return {
    readable,
    write: (length: number) => writer.write(new Uint8Array(length).fill(7)),
    close: () => writer.close(),
  };
}

function start(declared: number | null, hold: (bytes: number) => boolean = () => true) {
  const time = createVirtualTime();
  const body = createBody();
  const read = readWhole(body.readable, { declared, limit: LIMIT, booking: { hold }, every: time.every });
  return { ...time, ...body, read };
}

describe("a body", () => {
  it.each([
    ["nothing", 0],
    ["a few bytes", 10],
    ["as much as the first buffer", 16 * KIB],
    ["one byte more", 16 * KIB + 1],
    ["several steps", 300 * KIB + 3],
    ["all that is allowed", LIMIT],
  ])("of %s is read whole, promised or not", async (_name, length) => {
    for (const declared of [length, null]) {
      const { read, write, close, countTimers } = start(declared);
      if (length > 0) await Promise.race([write(length), read]);
      void close();
      const result = await read;
      expect(result.ok && result.value.length).toBe(length);
      expect(result.ok && result.value.every((byte) => byte === 7)).toBe(true);
      expect(countTimers()).toBe(0);
    }
  });

  it("longer than allowed is given up, and no more of it is asked for", async () => {
    const { read, write } = start(null);
    const written = write(LIMIT + 10).catch(() => "cancelled");
    expect(await read).toEqual({ ok: false, error: "too_large" });
    expect(await written).toBe("cancelled");
  });

  it("is given up when it dribbles", async () => {
    const { read, write, pass } = start(null);
    for (let second = 0; second < STEP_SECONDS - 1; second++) {
      void write(1).catch(() => undefined);
      await pass(1_000);
    }
    expect(await Promise.race([read, "under way"])).toBe("under way");
    await pass(1_001);
    expect(await read).toEqual({ ok: false, error: "too_slow" });
  });

  it("is given up when it comes steadily and never ends", async () => {
    const { read, write, pass } = start(null);
    for (let second = 0; second < BODY_SECONDS; second++) {
      void write(10 * KIB).catch(() => undefined);
      await pass(1_000);
    }
    expect(await Promise.race([read, "under way"])).toEqual({ ok: false, error: "too_slow" });
  });

  it("is given up when all that was promised has come but its end", async () => {
    const { read, write, pass } = start(100);
    void write(100);
    await pass(STEP_SECONDS * 1_000 + 1);
    expect(await Promise.race([read, "under way"])).toEqual({ ok: false, error: "too_slow" });
  });

  it("that ends early by an error is cut off", async () => {
    const failing = new ReadableStream({ type: "bytes", pull: (controller) => controller.error(new Error("lost")) });
    const options = { declared: 10, limit: LIMIT, booking: { hold: () => true }, every: createVirtualTime().every };
    expect(await readWhole(failing, options)).toEqual({ ok: false, error: "cut_off" });
  });

  it("takes room as it arrives: never more than twice what is there, nor more than was promised", async () => {
    const held: number[] = [];
    let arrived = 0;
    const { read, write, close, pass } = start(500 * KIB, (bytes) => {
      held.push(bytes);
      expect(bytes).toBeLessThanOrEqual(Math.max(2 * arrived, 16 * KIB));
      return true;
    });
    while (arrived < 500 * KIB) {
      arrived += 10 * KIB;
      void write(10 * KIB);
      await pass(1);
    }
    void close();
    expect((await read).ok).toBe(true);
    expect(Math.max(...held)).toBe(500 * KIB);
  });

  it("is read on and dropped when there is no room for more of it, at the same pace", async () => {
    const fits = (bytes: number) => bytes <= 64 * KIB;
    const { read, write, close } = start(null, fits);
    await write(500 * KIB);
    await close();
    expect(await read).toEqual({ ok: false, error: "no_room" });

    const slow = start(null, fits);
    void slow.write(65 * KIB).catch(() => undefined);
    await slow.pass(STEP_SECONDS * 1_000 + 1);
    expect(await Promise.race([slow.read, "under way"])).toEqual({ ok: false, error: "no_room" });
  });

  it("that nobody wants is dropped to its end, or until it stops coming", async () => {
    const time = createVirtualTime();
    const whole = createBody();
    const dropped = dropWhole(whole.readable, time.every);
    await whole.write(500 * KIB);
    await whole.close();
    await dropped;

    const stalled = createBody();
    const given = dropWhole(stalled.readable, time.every).then(() => "given up");
    await stalled.write(10 * KIB);
    await time.pass((STEP_SECONDS - 1) * 1_000);
    expect(await Promise.race([given, "under way"])).toBe("under way");
    await time.pass(1_001);
    expect(await Promise.race([given, "under way"])).toBe("given up");
    expect(time.countTimers()).toBe(0);
  });
});
