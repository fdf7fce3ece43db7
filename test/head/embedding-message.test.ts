import { describe, expect, it } from "vitest";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { decodeEmbeddingMessage, encodeEmbeddingMessage } from "../../src/head/embedding-message.ts";
import { createRandom } from "../support/random.ts";

const DIMENSION = 40;
const EXPECTED = { backboneId: "0123456789abcdef".repeat(4), dimension: DIMENSION };

function makeEmbedding(dimension = DIMENSION) {
  const random = createRandom("embedding message");
  const quantised = quantiseEmbedding(
    Float32Array.from({ length: dimension }, () => random() - 0.5),
    dimension,
  );
  if (!quantised.ok) throw new Error(quantised.error.message);
  return quantised.value;
}

/** A sound message with some bytes changed. */
function makeMessage(change: (bytes: Uint8Array, view: DataView) => void = () => {}): Uint8Array {
  const bytes = encodeEmbeddingMessage({ backboneId: EXPECTED.backboneId, embedding: makeEmbedding() });
  change(bytes, new DataView(bytes.buffer));
  return bytes;
}

describe("an embedding on the wire", () => {
  it("comes back as it was sent, also from the middle of a larger buffer", () => {
    const message = { backboneId: EXPECTED.backboneId, embedding: makeEmbedding() };
    expect(decodeEmbeddingMessage(makeMessage(), EXPECTED)).toEqual({ ok: true, value: message });
    const larger = new Uint8Array([9, 9, 9, ...makeMessage(), 9]);
    expect(decodeEmbeddingMessage(larger.subarray(3, -1), EXPECTED)).toEqual({ ok: true, value: message });
  });

  it("is laid out as docs/api.md says", () => {
    const bytes = makeMessage();
    expect(bytes.length).toBe(48 + DIMENSION);
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe("HSEM");
    expect([...bytes.subarray(4, 12)]).toEqual([1, 0, 0, 0, DIMENSION, 0, 0, 0]);
    expect([...bytes.subarray(16, 19)]).toEqual([0x01, 0x23, 0x45]);
  });

  it.each<[string, string, Uint8Array]>([
    ["nothing at all", "not_a_message", new Uint8Array()],
    ["a JPEG", "not_a_message", Uint8Array.from({ length: 500 }, (_, i) => [0xff, 0xd8, 0xff][i] ?? i)],
    ["a header that is cut off", "not_a_message", makeMessage().subarray(0, 47)],
    ["a later version", "unknown_version", makeMessage((bytes) => bytes.set([2], 4))],
    ["a filler that is not zero", "unknown_version", makeMessage((bytes) => bytes.set([1], 7))],
    ["another backbone", "other_backbone", makeMessage((bytes) => bytes.set([0xff], 20))],
    ["one number too few", "wrong_length", makeMessage().subarray(0, -1)],
    ["one number too many", "wrong_length", new Uint8Array([...makeMessage(), 1])],
    ["a length that it does not have", "wrong_length", makeMessage((_, view) => view.setUint32(8, 41, true))],
    [
      "a length of four thousand million",
      "wrong_length",
      makeMessage((_, view) => view.setUint32(8, 2 ** 32 - 1, true)),
    ],
    ["NaN", "not_finite", makeMessage((_, view) => view.setFloat32(12, Number.NaN, true))],
    ["an infinite scale", "not_finite", makeMessage((_, view) => view.setFloat32(12, Number.POSITIVE_INFINITY, true))],
    ["only zeros", "zero_vector", makeMessage((bytes) => bytes.fill(0, 48))],
    [
      "twice the length",
      "not_unit_length",
      makeMessage((_, view) => view.setFloat32(12, view.getFloat32(12, true) * 2, true)),
    ],
    [
      "a negative scale",
      "not_unit_length",
      makeMessage((_, view) => view.setFloat32(12, -view.getFloat32(12, true), true)),
    ],
    ["a scale of zero", "not_unit_length", makeMessage((_, view) => view.setFloat32(12, 0, true))],
    ["one number changed", "not_unit_length", makeMessage((bytes) => bytes.set([bytes[50] ^ 0x7f], 50))],
    [
      "numbers that no quantiser made",
      "not_quantised",
      makeMessage((bytes, view) => {
        bytes.fill(0, 48);
        bytes[48] = 1;
        view.setFloat32(12, 1, true);
      }),
    ],
    [
      "the number -128, which has no opposite",
      "not_quantised",
      makeMessage((bytes, view) => {
        bytes.fill(0, 48);
        bytes[48] = 0x80;
        view.setFloat32(12, 1 / 128, true);
      }),
    ],
  ])("is refused by name when it is or has %s", (_what, code, bytes) => {
    expect(decodeEmbeddingMessage(bytes, EXPECTED)).toMatchObject({ ok: false, error: { code } });
  });
});
