/**
 * The file in which a stopped dev server keeps its D1: labels written straight into it, and its statistics compared with
 * what its examples add up to. Node's own SQLite and Node's own base64: nothing of the Worker's storage code is trusted.
 */
import { DatabaseSync } from "node:sqlite";
import { findDatabaseFile } from "../../cli/dev/local-database.ts";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { packedLength } from "../../src/head/kernels/kernels.ts";
import { addExamples, createStatistics } from "../../src/head/statistics.ts";
import type { Random } from "./random.ts";

interface ExampleRow {
  readonly sample_id: string;
  readonly class_id: string | null;
  readonly absorbed_class_id: string | null;
  readonly embedding: string;
  readonly scale: number;
}

/** What a stopped server's database holds. */
export interface StoredTruth {
  /** Photo ids and labels, in order; tombstones are left out. */
  readonly labels: readonly (readonly [photo: string, label: string])[];
  /** Examples that are not absorbed as they stand. */
  readonly pending: number;
  /** Largest difference of an entry of G, a class sum or the squared norms; infinite when a count differs. */
  readonly difference: number;
  /** Zero while there is none. */
  readonly statisticsVersion: number;
  /** Of the newest head; zero while there is none. */
  readonly headVersion: number;
  readonly isRebuilding: boolean;
}

/** Labels of one class to write. */
export interface LabelBatch {
  readonly classId: string;
  readonly kind: number;
  readonly count: number;
  readonly dimension: number;
  readonly backboneId: string;
}

/** Opens the only D1 database under `dataDir`. The server must not be running, but for a single small statement. */
export function openLocalDatabase(dataDir: string): DatabaseSync {
  const file = findDatabaseFile(dataDir);
  if (file === undefined) throw new Error(`no server has run on ${dataDir}`);
  // A server that runs may be writing at this very moment.
  return new DatabaseSync(file, { timeout: 10_000 });
}

/** Writes `count` labels of photos that look like class number `kind`; returns their ids. */
export function writeLabels(
  db: DatabaseSync,
  { classId, kind, count, dimension, backboneId }: LabelBatch,
  random: Random,
): string[] {
  const insert = db.prepare(
    `INSERT INTO examples (sample_id, backbone_id, class_id, embedding, scale, source, contributor, origin, created_at, labelled_at)
     VALUES (?, ?, ?, ?, ?, 'admin', 'staff', 'server', ?, ?)`,
  );
  return Array.from({ length: count }, () => {
    const photo = Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join("");
    const raw = Float32Array.from({ length: dimension }, (_, d) => random() - 0.5 + (d % 7 === kind ? 0.3 : 0));
    const embedding = quantiseEmbedding(raw, dimension);
    if (!embedding.ok) throw new Error(embedding.error.message);
    const now = Date.now();
    const text = Buffer.from(embedding.value.values.buffer).toString("base64");
    insert.run(photo, backboneId, classId, text, embedding.value.scale, now, now);
    return photo;
  });
}

/** Compares the stored statistics with those of a rebuild from the examples and their markers. */
export function readTruth(db: DatabaseSync, dimension: number): StoredTruth {
  const rows = db.prepare("SELECT * FROM examples ORDER BY sample_id").all() as unknown as ExampleRow[]; // a decoder
  const rebuilt = createStatistics(dimension);
  const held = rows.flatMap(({ absorbed_class_id: classId, embedding, scale }) =>
    classId === null ? [] : [{ classId, embedding: { values: new Int8Array(bytesOf(embedding)), scale } }],
  );
  addExamples(rebuilt, held);
  const newest = (table: string) =>
    Number(db.prepare(`SELECT max(version) AS version FROM ${table}`).get()?.version ?? 0);
  return {
    labels: rows.flatMap(({ sample_id, class_id }) => (class_id === null ? [] : [[sample_id, class_id] as const])),
    pending: rows.filter((row) => row.class_id === null || row.class_id !== row.absorbed_class_id).length,
    difference: measureDifference(db, rebuilt),
    statisticsVersion: newest("statistics"),
    headVersion: newest("heads"),
    isRebuilding: db.prepare("SELECT 1 FROM rebuild").get() !== undefined,
  };
}

function measureDifference(db: DatabaseSync, rebuilt: ReturnType<typeof createStatistics>): number {
  const parts = db.prepare("SELECT data FROM gram_parts WHERE slot = 'current' ORDER BY part").all();
  const gram = new Float32Array(bytesOf(...parts.map(({ data }) => String(data))));
  const sums = db.prepare("SELECT class_id, count, sum FROM class_sums WHERE slot = 'current'").all();
  const norms = db.prepare("SELECT squared_norms FROM statistics").get()?.squared_norms ?? 0;
  const isNew = sums.length === 0 && rebuilt.classes.size === 0;
  if (isNew) return 0;
  if (gram.length !== packedLength(rebuilt.dimension)) return Number.POSITIVE_INFINITY;
  let largest = Math.abs(Number(norms) - rebuilt.squaredNorms);
  gram.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(value - rebuilt.gram[i]));
  });
  for (const { class_id, count, sum } of sums) {
    const expected = rebuilt.classes.get(String(class_id));
    if (count !== (expected?.count ?? 0)) return Number.POSITIVE_INFINITY;
    new Float64Array(bytesOf(String(sum))).forEach((value, d) => {
      largest = Math.max(largest, Math.abs(value - (expected?.sum[d] ?? 0)));
    });
  }
  return sums.length >= rebuilt.classes.size ? largest : Number.POSITIVE_INFINITY;
}

/** The bytes of base64 texts, joined. */
function bytesOf(...texts: readonly string[]): ArrayBuffer {
  return Uint8Array.from(Buffer.concat(texts.map((text) => Buffer.from(text, "base64")))).buffer;
}
