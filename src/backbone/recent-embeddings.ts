/**
 * The embeddings of the photos that an isolate saw last, by the photo's SHA-256: a second tap, a retry, or a correction that sends
 * the photo again costs a hash instead of a decode and a run. Keeps numbers, never a photo.
 */
import type { Embedding } from "../head/embedding.ts";

export interface RecentEmbeddings {
  find(photoId: string, backboneId: string): Embedding | undefined;
  remember(photoId: string, backboneId: string, embedding: Embedding): void;
}

/** At most `capacity` photos; the one that was asked for longest ago is forgotten first. */
export function createRecentEmbeddings(capacity: number): RecentEmbeddings {
  /** A Map lists its keys in the order in which they were put in. */
  const known = new Map<string, Embedding>();

  return {
    find(photoId, backboneId) {
      const key = keyOf(photoId, backboneId);
      const embedding = known.get(key);
      if (embedding === undefined) return undefined;
      known.delete(key);
      known.set(key, embedding);
      return embedding;
    },
    remember(photoId, backboneId, embedding) {
      known.set(keyOf(photoId, backboneId), embedding);
      if (known.size <= capacity) return;
      const [oldest] = known.keys();
      known.delete(oldest);
    },
  };
}

function keyOf(photoId: string, backboneId: string): string {
  return `${backboneId} ${photoId}`;
}
