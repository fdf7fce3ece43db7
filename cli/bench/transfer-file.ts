/** A made-up export of any size: a menu, labelled embeddings that the statistics hold, and a live head. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { encodeHead } from "../../src/head/codec.ts";
import { END_KIND, FORMAT_NAME, FORMAT_VERSION, type RowCounts, zeroCounts } from "../../src/shared/transfer-format.ts";
import { seededNumbers } from "./head-data.ts";

const CLASSES = 100;
const NOW = 1_800_000_000_000;

/** What the embeddings are said to be made by. */
export interface MadeUpBackbone {
  readonly backboneId: string;
  readonly dimension: number;
}

/** Writes an export of `examples` photos, the same for the same arguments. */
export async function writeExportFile(file: string, backbone: MadeUpBackbone, examples: number): Promise<void> {
  await pipeline(Readable.from(lines(backbone, examples)), createWriteStream(file));
}

function* lines(backbone: MadeUpBackbone, examples: number): Generator<string> {
  const hash = createHash("sha256");
  const counts: RowCounts = {
    ...zeroCounts(),
    class: CLASSES,
    example: examples,
    head: 1,
    statistics: 1,
    deployment: 1,
  };
  const hashed = (value: object) => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    return line;
  };
  yield hashed({ format: FORMAT_NAME, version: FORMAT_VERSION, ...backbone, counts });
  for (let k = 0; k < CLASSES; k++) yield hashed(makeClass(k));
  const random = seededNumbers(1);
  for (let i = 0; i < examples; i++) yield hashed(makeExample(backbone, i, random));
  yield hashed(makeHead(backbone, examples));
  yield hashed({ kind: "statistics", version: 1, ...backbone, createdAt: NOW, forgetVersion: 0 });
  yield hashed({ kind: "deployment", liveHead: 1, archiveRevision: 0, isHeld: false });
  yield `${JSON.stringify({ kind: END_KIND, counts, sha256: hash.digest("hex") })}\n`;
}

function classId(k: number): string {
  return `item-${String(k).padStart(3, "0")}`;
}

function makeClass(k: number) {
  const times = { createdAt: NOW, archivedAt: null, deletedAt: null };
  const item = { kind: "class", id: classId(k), name: `Item ${k}`, description: "" };
  return { ...item, ...times, position: k, aliases: [], names: {}, threshold: null };
}

function makeExample({ backboneId, dimension }: MadeUpBackbone, i: number, random: () => number) {
  const values = Int8Array.from({ length: dimension }, () => Math.floor(random() * 255) - 127);
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  const label = classId(i % CLASSES);
  return {
    kind: "example",
    photoId: i.toString(16).padStart(64, "0"),
    backboneId,
    classId: label,
    absorbedClassId: label,
    embedding: Buffer.from(values.buffer).toString("base64"),
    scale: Math.fround(1 / Math.sqrt(squares)),
    source: "import",
    contributor: "staff",
    origin: "server",
    createdAt: NOW,
    labelledAt: NOW,
    confirmedAt: null,
    labelledBy: null,
    place: null,
    purpose: "learn",
    unseenSince: 0,
  };
}

function makeHead({ backboneId, dimension }: MadeUpBackbone, examples: number) {
  const classIds = Array.from({ length: CLASSES }, (_, k) => classId(k));
  const numbers = () => new Float32Array(CLASSES).fill(1);
  const weights = new Int8Array(CLASSES * dimension).fill(1);
  const head = { dimension, classIds, weights, scales: numbers(), biases: numbers(), entropyThreshold: 1 };
  return {
    kind: "head",
    version: 1,
    backboneId,
    statisticsVersion: 1,
    archiveRevision: 0,
    classIds,
    examples,
    rho: 1,
    temperature: 1,
    evaluation: null,
    weights: Buffer.from(encodeHead(head)).toString("base64"),
    durationMs: 0,
    createdAt: NOW,
    parent: null,
    startedBy: "admin",
    labelsReadAt: NOW,
    labelsWaiting: 0,
    rowsRead: 0,
    rowsWritten: 0,
    gate: null,
    replay: null,
    scorecard: null,
    details: null,
    pinnedAt: null,
    purgedAt: null,
    classCounts: null,
    tested: null,
    mistakes: null,
  };
}
