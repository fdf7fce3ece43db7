/** Photos as the store sees them, made up: points around one direction per class. */
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import type { EmbeddedSample } from "../../src/store/labels/labels.ts";
import { createNormal, createRandom } from "./random.ts";

export const DIMENSION = 16;
export const BACKBONE_ID = "b".repeat(64);

/** `count` photos that look like class number `kind`; other seeds give other photos of the same class. */
export function makeEmbeddedPhotos(kind: number, count: number, seed = 1): EmbeddedSample[] {
  const centre = createNormal(`class ${kind}`);
  const direction = Float32Array.from({ length: DIMENSION }, () => centre());
  const noise = createNormal(`noise ${kind} ${seed}`);
  const digits = createRandom(`id ${kind} ${seed}`);
  return Array.from({ length: count }, () => {
    const raw = direction.map((value) => value + 0.6 * noise());
    const embedding = quantiseEmbedding(raw, DIMENSION);
    if (!embedding.ok) throw new Error(embedding.error.message);
    const sampleId = Array.from({ length: 64 }, () => Math.floor(digits() * 16).toString(16)).join("");
    return { sampleId, backboneId: BACKBONE_ID, embedding: embedding.value, origin: "server" };
  });
}
