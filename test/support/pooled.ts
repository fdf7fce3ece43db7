/** Samples for the pool, made up: between two kinds of made-up photos, so that a head that was taught both is unsure of them. */
import { env } from "cloudflare:workers";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import type { EmbeddedSample } from "../../src/store/labels/labels.ts";
import type { NewPooledSample } from "../../src/store/pool/pooled-samples.ts";
import { makeEmbeddedPhotos } from "./embedded-photos.ts";
import { NOW } from "./training-context.ts";

/** `count` samples that are `share` of kind `one` and the rest of kind `other`. */
export function makeBetween(one: number, other: number, count: number, seed: number, share = 0.5): EmbeddedSample[] {
  const others = makeEmbeddedPhotos(other, count, seed);
  return makeEmbeddedPhotos(one, count, seed).map((sample, i) => {
    const [a, b] = [sample.embedding, others[i].embedding];
    const mixed = Float32Array.from(
      a.values,
      (value, k) => share * value * a.scale + (1 - share) * b.values[k] * b.scale,
    );
    const embedding = quantiseEmbedding(mixed, mixed.length);
    if (!embedding.ok) throw new Error(embedding.error.message);
    return { ...sample, embedding: embedding.value };
  });
}

/** As the live head left it in the pool. */
export function unsure(sample: EmbeddedSample, given: Partial<NewPooledSample> = {}): NewPooledSample {
  return {
    sample,
    contributor: "staff",
    preview: null,
    place: null,
    headVersion: 1,
    reason: "undecided",
    answer: "a",
    score: 0.5,
    margin: 0.1,
    seenAt: NOW,
    ...given,
  };
}

/** One more in the pool, as it looks to the backbone in use: a copy of an example under another id. */
export async function poolCopy(photo: string): Promise<void> {
  const columns = "backbone_id, embedding, scale, 'staff', NULL, NULL, 1, 'undecided', NULL, 0, 0, 1";
  await env.DB.prepare(`INSERT INTO pooled_samples SELECT ?, ${columns} FROM examples LIMIT 1`).bind(photo).run();
}
