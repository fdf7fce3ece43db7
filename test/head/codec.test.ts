import { describe, expect, it } from "vitest";
import { decodeHead, encodeHead } from "../../src/head/codec.ts";
import type { Head } from "../../src/head/predict.ts";

const head: Head = {
  dimension: 3,
  classIds: ["four_cheese", "ピザ"],
  weights: Int8Array.of(1, -2, 127, -127, 0, 5),
  scales: Float32Array.of(0.25, 3.1),
  biases: Float32Array.of(-1.7, 0.3),
  entropyThreshold: 0.1234567890123,
};

function spoil(at: number, value: number): Uint8Array {
  const bytes = encodeHead(head);
  bytes[at] = value;
  return bytes;
}

describe("the head codec", () => {
  it("brings back what it wrote, also from the middle of a buffer", () => {
    const bytes = encodeHead(head);
    const padded = new Uint8Array(bytes.length + 3);
    padded.set(bytes, 3);
    expect(decodeHead(bytes)).toEqual({ ok: true, value: head });
    expect(decodeHead(padded.subarray(3))).toEqual({ ok: true, value: head });
  });

  it("shares no memory with its input", () => {
    const bytes = encodeHead(head);
    const decoded = decodeHead(bytes);
    bytes.fill(0);
    expect(decoded).toEqual({ ok: true, value: head });
  });

  it.each([
    ["not_a_head", new Uint8Array(0)],
    ["not_a_head", spoil(0, 0)],
    ["unsupported_version", spoil(4, 9)],
    ["wrong_length", encodeHead(head).subarray(0, -1)],
    ["wrong_length", spoil(15, 255)],
    ["bad_class_ids", spoil(44, 0xff)],
    ["not_finite", spoil(27, 0x7f).fill(0xff, 20, 27)],
  ])("refuses bytes that are wrong: %s", (code, bytes) => {
    expect(decodeHead(bytes)).toMatchObject({ ok: false, error: { code } });
  });
});
