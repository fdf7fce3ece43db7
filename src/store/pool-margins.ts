/** What the head makes of samples of the pool, kept up to date: those that an earlier version answered are answered again, some at a time. */
import { and, asc, eq, gt, lt, sql } from "drizzle-orm";
import type { Embedding } from "../head/embedding.ts";
import { decodeEmbedding } from "./codecs.ts";
import type { Database } from "./database.ts";
import { pooledSamples } from "./pool-schema.ts";

/** A sample that another version answered. */
export interface OutdatedSample {
  readonly photo: string;
  readonly embedding: Embedding;
}

/** What the head answers to it; `answer` is null where none of its items is on the menu. */
export interface PoolAnswer {
  readonly photo: string;
  readonly answer: string | null;
  readonly score: number;
  /** `log p_1 - log p_2`. */
  readonly margin: number;
}

/** Up to `limit` samples of this backbone that another version than `headVersion` answered last. Reads no others. */
export async function listOutdated(
  db: Database,
  backboneId: string,
  headVersion: number,
  limit: number,
): Promise<OutdatedSample[]> {
  const { sampleId, embedding, scale } = pooledSamples;
  const where = (isOther: ReturnType<typeof lt>) =>
    db
      .select({ photo: sampleId, embedding, scale })
      .from(pooledSamples)
      .where(and(eq(pooledSamples.backboneId, backboneId), isOther))
      .orderBy(asc(pooledSamples.headVersion))
      .limit(limit);
  // Two ranges of the index; "another" would read all of it. A later version is one that was gone back from.
  const [earlier, later] = await db.batch([
    where(lt(pooledSamples.headVersion, headVersion)),
    where(gt(pooledSamples.headVersion, headVersion)),
  ]);
  return [...earlier, ...later]
    .slice(0, limit)
    .map(({ photo, ...row }) => ({ photo, embedding: decodeEmbedding(row) }));
}

/** Stores what version `headVersion` answers; what has left the pool stays away. */
export async function storePoolAnswers(
  db: Database,
  headVersion: number,
  answers: readonly PoolAnswer[],
): Promise<void> {
  const value = (field: string) => sql.raw(`value ->> '${field}'`);
  await db
    .update(pooledSamples)
    .set({ headVersion, answer: value("answer"), score: value("score"), margin: value("margin") })
    .from(sql`json_each(${JSON.stringify(answers)})`)
    .where(eq(pooledSamples.sampleId, value("photo")));
}
