/** Heads of every shape as ONNX, run by ONNX Runtime, against what the Worker computes for the same embedding. */
import * as ort from "onnxruntime-web/wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { readShippedOrt } from "../../cli/runtime/ort-module.ts";
import { joinBytes } from "../../src/backbone/portable/onnx-bytes.ts";
import { makePortableFile } from "../../src/backbone/portable/portable-file.ts";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { type Head, predict } from "../../src/head/predict.ts";
import type { Strangeness } from "../../src/head/strangeness.ts";
import { makeModel, makeNode, makeValue } from "../support/onnx-graphs.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { createRandom } from "../support/random.ts";

const DIMENSION = 12;
const ITEMS = ["pepperoni", "hawaiian", "four-cheese", "mushroom"];
const ROWS = 64;

/** A network that gives back what it is given. */
const identity = (operatorSet: number) =>
  makeModel(
    {
      node: [makeNode("Identity", ["input"], ["embedding"])],
      input: [makeValue("input", ["N", DIMENSION])],
      output: [makeValue("embedding", ["N", DIMENSION])],
    },
    operatorSet,
  );

function randomRows(seed: string, count: number) {
  const random = createRandom(seed);
  const rows = Int8Array.from({ length: count * DIMENSION }, () => Math.round(254 * random() - 127));
  return { rows, scales: Float32Array.from({ length: count }, () => 0.005 + 0.02 * random()), random };
}

interface MeasureOptions {
  readonly pull?: number;
  readonly remembered?: readonly [taught: number, marked: number];
  readonly directions?: number;
}

function makeStrangeness({
  pull = 0,
  remembered: [taught, marked] = [0, 0],
  directions = 3,
}: MeasureOptions): Strangeness {
  const count = 1 + directions + (pull === 0 ? 0 : 1) + taught + marked;
  const { rows, scales, random } = randomRows("strangeness", count);
  const offsets = Float32Array.from({ length: count }, () => random() / 4);
  const first = count - taught - marked;
  for (let row = first; row < count; row++) {
    const values = rows.subarray(row * DIMENSION, (row + 1) * DIMENSION);
    [scales[row], offsets[row]] = [1 / Math.hypot(...values), 0];
  }
  const known = Float32Array.from({ length: 30 }, (_, i) => -4 + i / 3);
  return {
    rows,
    scales,
    offsets,
    directions,
    pull,
    taught,
    marked,
    known,
    curvature: 2,
    temperature: 3,
    tail: 1.5,
    alpha: 0.05,
  };
}

function makeHead(strangeness?: Strangeness): Head {
  const { rows, scales, random } = randomRows("head", ITEMS.length);
  const biases = Float32Array.from(ITEMS, () => random());
  const head = { dimension: DIMENSION, classIds: ITEMS, weights: rows, scales, biases, entropyThreshold: 1 };
  return strangeness === undefined ? head : { ...head, strangeness };
}

/** Random ones, and some close to each photo that is remembered. */
function embeddings(strangeness?: Strangeness): Float32Array[] {
  const { rows, random } = randomRows("embeddings", ROWS);
  const near = strangeness?.rows.slice(-(strangeness.taught + strangeness.marked) * DIMENSION) ?? new Int8Array();
  const all = [...near, ...rows].map((value) => value + random() * 8);
  return Array.from({ length: all.length / DIMENSION }, (_, i) =>
    Float32Array.from(all.slice(i * DIMENSION, (i + 1) * DIMENSION)),
  );
}

const SHAPES: [string, Strangeness | undefined, number][] = [
  ["that cannot tell strangers", undefined, 13],
  ["that goes by distance", makeStrangeness({}), 13],
  ["that knows strangers", makeStrangeness({ pull: 0.4 }), 13],
  ["without directions", makeStrangeness({ pull: 0.4, directions: 0 }), 13],
  ["that remembers taught photos", makeStrangeness({ remembered: [3, 0] }), 13],
  ["that remembers marked photos", makeStrangeness({ remembered: [0, 3] }), 13],
  ["that remembers both, behind a network of operator set 9", makeStrangeness({ pull: 0.2, remembered: [2, 3] }), 9],
  ["that remembers both, behind a network of operator set 18", makeStrangeness({ pull: 0.2, remembered: [2, 3] }), 18],
];

describe("a head as a part of an ONNX file", () => {
  beforeAll(async () => {
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary ??= (await readShippedOrt()).buffer;
    ort.env.logLevel = "error";
  });

  async function exportHead(head: Head, operatorSet: number, views?: readonly number[]) {
    const { manifest } = await readOwnBackbone();
    const input = { ...manifest.input, views };
    const own = { ...manifest, input, output: { name: "embedding", dimension: DIMENSION } };
    const model = new Uint8Array(identity(operatorSet));
    // An archived item has no place in the file; another one has a threshold.
    const items = [0, 1, 3].map((k) => ({ id: ITEMS[k], name: ITEMS[k], names: {}, threshold: k === 1 ? 0.8 : null }));
    return makePortableFile(own, async () => model, { version: 7, head, items });
  }

  it.each(SHAPES)("answers as the Worker does: one %s", async (_, strangeness, operatorSet) => {
    const head = makeHead(strangeness);
    const file = await exportHead(head, operatorSet);
    const session = await ort.InferenceSession.create(joinBytes(file?.pieces ?? []), { executionProviders: ["wasm"] });
    const raw = embeddings(strangeness);
    const batch = Float32Array.from(raw.flatMap((one) => [...one]));
    const answer = await session.run({ input: new ort.Tensor("float32", batch, [raw.length, DIMENSION]) });
    const seen = new Set<string>();
    for (const [i, one] of raw.entries()) {
      const embedding = quantiseEmbedding(one, DIMENSION);
      if (!embedding.ok) throw new Error(embedding.error.message);
      const wanted = predict(head, embedding.value, (id) => id === ITEMS[2], new Map([[ITEMS[1], 0.8]]));
      const scores = [ITEMS[0], ITEMS[1], ITEMS[3]].map(
        (id) => wanted.scores.find(({ classId }) => classId === id)?.score,
      );
      scores.forEach((score, k) => {
        expect(answer.scores.data[i * 3 + k]).toBeCloseTo(score ?? Number.NaN, 4);
      });
      expect(answer.none.data[i]).toBeCloseTo(wanted.none, 4);
      expect([answer.unknown.data[i], answer.undecided.data[i]]).toEqual([+wanted.isUnknown, +wanted.isUndecided]);
      if (wanted.strangeness === null) expect(answer.strangeness).toBeUndefined();
      else expect(answer.strangeness.data[i]).toBeCloseTo(wanted.strangeness, 4);
      seen.add(`${wanted.isUnknown}`);
    }
    expect(seen).toEqual(new Set(["true", "false"]));
    await session.release();
  });

  it("is not made behind operators that are too old", async () => {
    expect(await exportHead(makeHead(), 8)).toBeNull();
  });

  it("says what its scores are for and how a photo becomes its input", async () => {
    const file = await exportHead(makeHead(), 13);
    const text = new TextDecoder().decode(file?.pieces.at(-1));
    const { height, width, resizeShortSide } = (await readOwnBackbone()).manifest.input;
    expect(JSON.parse(text.slice(text.indexOf("{")))).toMatchObject({
      headVersion: 7,
      modality: "image",
      items: [{ id: "pepperoni", threshold: null }, { id: "hawaiian", threshold: 0.8 }, { id: "mushroom" }],
      formatVersion: 1,
      input: { name: "input", height, width, resize: { fit: "center", shortSide: resizeShortSide }, channels: "RGB" },
    });
  });

  it("says of a backbone with several views what each is resized to", async () => {
    const file = await exportHead(makeHead(), 13, [120, 165]);
    const text = new TextDecoder().decode(file?.pieces.at(-1));
    expect(JSON.parse(text.slice(text.indexOf("{")))).toMatchObject({
      formatVersion: 2,
      input: { resize: { shortSides: [120, 165] } },
    });
  });
});
