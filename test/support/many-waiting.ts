/** What a busy deployment has waiting, written straight into the database of a running dev server: by its API it would take minutes. */
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { openLocalDatabase } from "./local-database.ts";
import type { Random } from "./random.ts";

const MINUTE_MS = 60_000;

/** Corrections to write, each of a photo that resembles no other. */
export interface WaitingCorrections {
  readonly count: number;
  readonly labels: readonly string[];
}

/** Every correction comes from somebody else; the first is the newest. There has to be an example already, for what an embedding is here. */
export function writeCorrections(dataDir: string, { count, labels }: WaitingCorrections, random: Random): void {
  const now = Date.now();
  inTransaction(dataDir, (prepare) => {
    const insert = prepare(
      `INSERT INTO reviews (sample_id, class_id, contributor, backbone_id, embedding, scale, origin, usefulness, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 'server', ?, ?)`,
    );
    const sample = prepare("SELECT backbone_id, embedding FROM examples LIMIT 1").get();
    const dimension = Buffer.from(String(sample?.embedding), "base64").length;
    for (let i = 0; i < count; i++) {
      const quantised = quantiseEmbedding(
        Float32Array.from({ length: dimension }, () => random() - 0.5),
        dimension,
      );
      if (!quantised.ok) throw new Error(quantised.error.message);
      const { values, scale } = quantised.value;
      const photo = i.toString(16).padStart(64, "0");
      const embedding = Buffer.from(values.buffer).toString("base64");
      const label = labels[i % labels.length] ?? "";
      insert.run(
        photo,
        label,
        `guest-${i}`,
        String(sample?.backbone_id),
        embedding,
        scale,
        random(),
        now - i * MINUTE_MS,
      );
    }
  });
}

/** Wishes of one guest each. */
export function writeSuggestions(dataDir: string, wishes: readonly string[]): void {
  inTransaction(dataDir, (prepare) => {
    const insert = prepare("INSERT INTO suggestions (id, contributor, text, created_at) VALUES (?, 'guest', ?, ?)");
    for (const [i, wish] of wishes.entries()) insert.run(`wish-${i}`, wish, Date.now());
  });
}

type Prepare = ReturnType<typeof openLocalDatabase>["prepare"];

function inTransaction(dataDir: string, write: (prepare: Prepare) => void): void {
  const db = openLocalDatabase(dataDir);
  db.exec("BEGIN");
  write((sql) => db.prepare(sql));
  db.exec("COMMIT");
  db.close();
}
