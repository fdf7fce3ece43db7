/**
 * Answers samples of the pool again when another head has gone live: whoever looks for what it is least sure of looks among the smallest
 * margins that are stored, and in a large pool these would stay those of heads long gone.
 */
import { marginOf } from "../head/choose-to-label.ts";
import { predict } from "../head/predict.ts";
import type { Database } from "../store/database.ts";
import type { ServedHead } from "../store/head-cache.ts";
import { JUDGED_PER_RUN } from "../store/pool-limits.ts";
import { listOutdated, storePoolAnswers } from "../store/pool-margins.ts";

/** Returns how many it answered, at most `JUDGED_PER_RUN`. Safe to break off, and to run twice at once: it is the same answer. */
export async function judgePool(db: Database, served: ServedHead): Promise<number> {
  const outdated = await listOutdated(db, served.backboneId, served.version, JUDGED_PER_RUN);
  if (outdated.length === 0) return 0;
  const isMasked = (classId: string) => !served.names.has(classId);
  const answers = outdated.map(({ photo, embedding }) => {
    const { scores } = predict(served.head, embedding, isMasked);
    const [best] = scores;
    return { photo, answer: best?.classId ?? null, score: best?.score ?? 0, margin: marginOf(scores) };
  });
  await storePoolAnswers(db, served.version, answers);
  return answers.length;
}
