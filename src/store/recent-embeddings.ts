/** The embeddings that were stored last, labelled or under review: what a new head is tried on before it goes live. */
import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Embedding } from "../head/embedding.ts";
import { decodeEmbedding } from "./codecs.ts";
import type { Database } from "./database.ts";
import { examples, reviews } from "./schema.ts";

/** `photo` is the sample's SHA-256 in hex. */
export interface RecentEmbedding {
  readonly photo: string;
  readonly embedding: Embedding;
}

/** Those of the newest `maxExamples` labelled ones that are learnt from, and up to `maxReviews` of the waiting corrections. */
export async function listRecentEmbeddings(
  db: Database,
  maxExamples: number,
  maxReviews: number,
): Promise<RecentEmbedding[]> {
  const [labelled, waiting] = await db.batch([
    db
      .select({
        photo: examples.sampleId,
        embedding: examples.embedding,
        scale: examples.scale,
        purpose: examples.purpose,
      })
      .from(examples)
      .where(isNotNull(examples.classId))
      .orderBy(desc(examples.createdAt))
      .limit(maxExamples),
    db
      .select({
        photo: reviews.sampleId,
        embedding: sql<string>`${reviews.embedding}`,
        scale: sql<number>`${reviews.scale}`,
      })
      .from(reviews)
      .where(and(eq(reviews.status, sql`'pending'`), isNotNull(reviews.embedding)))
      .orderBy(desc(reviews.usefulness))
      .limit(maxReviews),
  ]);
  const byPhoto = new Map(
    [...labelled.filter(({ purpose }) => purpose === "learn"), ...waiting].map((row) => [row.photo, row]),
  );
  return [...byPhoto.values()].map((row) => ({ photo: row.photo, embedding: decodeEmbedding(row) }));
}
