/**
 * Reads one body to its end, within a number of bytes, at a least pace, and in no more memory than the room lends it: the buffer grows
 * with what arrives. Whoever dribbles, stops or promises what they do not send is given up.
 */
import type { Every } from "../../shared/every.ts";
import { freeMemory } from "../../shared/free-memory.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Booking, FREE_BYTES } from "../../shared/room.ts";

/** A body's next so many bytes, or its rest, ... */
const STEP_BYTES = 64 * 1024;
/** ... have to come within so many seconds: 6.4 KiB/s, half of what the slowest mobile networks give. */
export const STEP_SECONDS = 10;
/** All of it has to come within this: 10 MiB at 1.4 Mbit/s. */
export const BODY_SECONDS = 60;
/** The buffer to begin with: what takes no room, so that any number of short bodies without a length fit. */
const FIRST_BYTES = FREE_BYTES;

/** `too_slow`: below the least pace. `no_room`: other bodies have it. `cut_off`: the connection ended first. */
export type BodyFault = "too_large" | "too_slow" | "no_room" | "cut_off";

interface ReadOptions {
  /** Bytes that the request's head promised; null where it did not say. */
  readonly declared: number | null;
  readonly limit: number;
  readonly booking: Pick<Booking, "hold">;
  readonly every: Every;
}

/**
 * The whole body in a buffer of its own. What there is no room for is read at the same pace and dropped, because a
 * client that is still sending hears no answer. After any other fault nothing more is read.
 */
export async function readWhole(
  body: ReadableStream<Uint8Array>,
  options: ReadOptions,
): Promise<Result<Uint8Array<ArrayBuffer>, BodyFault>> {
  const reader = body.getReader({ mode: "byob" });
  const pace = startPace(options.every);
  const read = await fill(reader, pace, options).catch(() => err("cut_off" as const));
  if (!read.ok && read.error === "no_room") await drop(reader, pace).catch(() => undefined);
  pace.end();
  if (!read.ok) reader.cancel().catch(() => undefined); // not waited for: what dribbles may not even end well
  return read;
}

/** Reads a body that nobody wants at the same pace and drops it, for the same reason. */
export async function dropWhole(body: ReadableStream<Uint8Array>, every: Every): Promise<void> {
  const reader = body.getReader({ mode: "byob" });
  const pace = startPace(every);
  await drop(reader, pace).catch(() => undefined);
  pace.end();
}

async function fill(
  reader: ReadableStreamBYOBReader,
  pace: Pace,
  { declared, limit, booking }: ReadOptions,
): Promise<Result<Uint8Array<ArrayBuffer>, BodyFault>> {
  const most = Math.min(declared ?? limit, limit);
  let bytes = new Uint8Array(0);
  let length = 0;
  for (;;) {
    if (length === bytes.length) {
      const isFull = length === most;
      const size = isFull ? length : Math.min(Math.max(2 * length, FIRST_BYTES), most);
      if (!booking.hold(size)) {
        booking.hold(0);
        freeMemory(bytes);
        return err("no_room");
      }
      if (isFull) {
        const last = await pace.within(reader.read(new Uint8Array(1)));
        if (last === "late") return err("too_slow");
        return last.done ? ok(bytes) : err("too_large"); // or longer than its promise, which no server lets through
      }
      bytes = resize(bytes, size);
    }
    const rest = bytes.subarray(length);
    const step = await pace.within(reader.readAtLeast(Math.min(rest.length, STEP_BYTES), rest));
    if (step === "late") return err("too_slow");
    if (step.value !== undefined) {
      bytes = new Uint8Array(step.value.buffer); // reading detaches a buffer and gives its memory back in another one
      length += step.value.length;
    }
    if (step.done) {
      booking.hold(length);
      return ok(resize(bytes, length));
    }
  }
}

async function drop(reader: ReadableStreamBYOBReader, pace: Pace): Promise<void> {
  let buffer = new Uint8Array(FIRST_BYTES);
  for (;;) {
    const step = await pace.within(reader.read(buffer));
    if (step === "late" || step.done) return;
    buffer = new Uint8Array(step.value.buffer);
  }
}

function resize(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  return length === bytes.length ? bytes : new Uint8Array(bytes.buffer.transfer(length));
}

interface Pace {
  /** What `step` gives, or `late` when it takes too long, or the whole body has. */
  within<T>(step: Promise<T>): Promise<T | "late">;
  end(): void;
}

/** Counts seconds as they pass, not by a clock, which may be set. */
function startPace(every: Every): Pace {
  const late = Promise.withResolvers<"late">();
  let [ofBody, ofStep] = [0, 0];
  const end = every(1_000, () => {
    ofBody += 1;
    ofStep += 1;
    if (ofBody >= BODY_SECONDS || ofStep >= STEP_SECONDS) late.resolve("late");
  });
  return {
    within(step) {
      ofStep = 0;
      return Promise.race([step, late.promise]);
    },
    end,
  };
}
