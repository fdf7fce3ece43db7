/**
 * Which samples of the pool a label would teach most: those that the live head is least sure of, unlike one another. For staff, and for
 * whatever else gives labels.
 */
import { chooseUnsure, marginOf } from "../head/choose-to-label.ts";
import { type ClassScore, predict } from "../head/predict.ts";
import type { Database } from "../store/database.ts";
import type { ServedHead } from "../store/head-cache.ts";
import { POOL_WINDOW } from "../store/pool-limits.ts";
import { listUnsure, type PoolCondition, type PooledSample } from "../store/pool-queue.ts";

/** A sample with the live head's scores, best first; empty where none of its items is on the menu. */
export interface ChosenSample extends PooledSample {
  readonly scores: readonly ClassScore[];
}

/**
 * At most `count` samples, the most useful first, out of the `POOL_WINDOW` that were least sure at their arrival: one query. The margins are
 * the live head's of now. `further` narrows the samples down. None without a head.
 */
export async function choosePooled(
  db: Database,
  served: ServedHead | null,
  count: number,
  further?: PoolCondition,
): Promise<ChosenSample[]> {
  if (served === null) return [];
  const waiting = await listUnsure(db, served.backboneId, POOL_WINDOW, further);
  const judged = waiting.map((sample): ChosenSample => {
    const { scores } = predict(served.head, sample.embedding, (classId) => !served.names.has(classId));
    return { ...sample, scores, margin: marginOf(scores) };
  });
  return chooseUnsure(judged, count).map((i) => judged[i]);
}
