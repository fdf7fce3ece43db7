/**
 * The embeddings of the photos that an isolate saw last, by the photo's SHA-256: a second tap, a retry, or a correction that sends
 * the photo again costs a hash instead of a decode and a run. Keeps numbers, never a photo.
 */
import type { Embedding } from "../head/embedding.ts";
import { remember } from "../shared/remember.ts";

/** Keyed by sample and backbone, so that a deployment that changes its backbone never gets the old one's numbers. */
export interface RecentEmbeddings {
  find(sampleId: string, backboneId: string): Embedding | undefined;
  remember(sampleId: string, backboneId: string, embedding: Embedding): void;
}

/** At most `capacity` photos; the one that was asked for longest ago is forgotten first. */
export function createRecentEmbeddings(capacity: number): RecentEmbeddings {
  const known = new Map<string, Embedding>();

  return {
    find(sampleId, backboneId) {
      const key = keyOf(sampleId, backboneId);
      const embedding = known.get(key);
      if (embedding === undefined) return undefined;
      remember(known, key, embedding, capacity);
      return embedding;
    },
    remember(sampleId, backboneId, embedding) {
      remember(known, keyOf(sampleId, backboneId), embedding, capacity);
    },
  };
}

function keyOf(sampleId: string, backboneId: string): string {
  return `${backboneId} ${sampleId}`;
}
