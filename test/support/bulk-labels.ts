/** Thousands of labels in the test database at once: a statement each, as the routes write them, would take minutes. */
import { env } from "cloudflare:workers";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { encodeEmbedding } from "../../src/store/codecs.ts";
import { BACKBONE_ID } from "./embedded-photos.ts";
import { createRandom } from "./random.ts";
import { NOW } from "./training-context.ts";

const ROWS_PER_STATEMENT = 500;

export interface BulkLabels {
  /** Made if they are not there. */
  readonly classIds: readonly string[];
  /** In all; the classes take turns. */
  readonly count: number;
  readonly dimension: number;
  readonly seed: string;
  /** Mark them as if the statistics held them. */
  readonly isAbsorbed: boolean;
}

export async function writeBulkLabels({ classIds, count, dimension, seed, isAbsorbed }: BulkLabels): Promise<void> {
  const random = createRandom(seed);
  const classes = classIds.map((id, i) => [id, NOW + i]);
  await insert(
    "OR IGNORE INTO classes (id, name, name_key, created_at) SELECT value ->> 0, value ->> 0, value ->> 0, value ->> 1",
    classes,
  );
  for (let first = 0; first < count; first += ROWS_PER_STATEMENT) {
    const rows = Array.from({ length: Math.min(ROWS_PER_STATEMENT, count - first) }, (_, i) => {
      const k = (first + i) % classIds.length;
      const raw = Float32Array.from(
        { length: dimension },
        (_, d) => random() - 0.5 + (d % classIds.length === k ? 1 : 0),
      );
      const quantised = quantiseEmbedding(raw, dimension);
      if (!quantised.ok) throw new Error(quantised.error.message);
      const { embedding, scale } = encodeEmbedding(quantised.value);
      const photo = Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join("");
      return [photo, classIds[k], isAbsorbed ? classIds[k] : null, embedding, scale, NOW + first + i];
    });
    await insert(
      `INTO examples (sample_id, backbone_id, class_id, absorbed_class_id, embedding, scale, source, contributor, origin, created_at, labelled_at)
       SELECT value ->> 0, '${BACKBONE_ID}', value ->> 1, value ->> 2, value ->> 3, value ->> 4, 'import', 'staff', 'server', value ->> 5, value ->> 5`,
      rows,
    );
  }
}

async function insert(into: string, rows: readonly unknown[]): Promise<void> {
  await env.DB.prepare(`INSERT ${into} FROM json_each(?)`).bind(JSON.stringify(rows)).run();
}
