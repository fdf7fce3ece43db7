/**
 * What a refit may learn from the pool without a label: samples that staff and keys sent from places, shifted only by these
 * samples, and, where texts are read, from anywhere. Guests' samples wait for a person and do not shift the others: anybody
 * could send them (decision 62).
 */
import { meanOfExamples } from "../head/descriptions.ts";
import type { Embedding } from "../head/embedding.ts";
import { applyShift, measureShift } from "../head/place-shift.ts";
import type { Statistics } from "../head/statistics.ts";
import { MIN_JUDGING_LABELS } from "../shared/judging-labels.ts";
import { listServedPlaces } from "../store/places.ts";
import { listUnlabelled } from "../store/pool-queue.ts";
import type { TrainingContext } from "./context.ts";

/**
 * As the head takes them: moved to where the menu was taught. Of a place only where so many of the labels that judge the fit are from there:
 * those from elsewhere do not notice what is spoilt at the place. `places` says where each judging label is from. Asks the database nothing
 * while the pool is closed.
 */
export async function loadUnlabelled(
  { db, backboneId, pool, words }: Pick<TrainingContext, "db" | "backboneId" | "pool" | "words">,
  statistics: Statistics,
  places: readonly (string | null)[],
): Promise<Embedding[]> {
  const taught = meanOfExamples(statistics);
  if ((pool?.size ?? 0) === 0 || taught === null) return [];
  const samples = await listUnlabelled(db, backboneId);
  if (samples.length === 0) return [];
  const known = await listServedPlaces(db);
  const isJudged = (place: string) => places.filter((from) => from === place).length >= MIN_JUDGING_LABELS;
  return [...Map.groupBy(samples, ({ place }) => place)].flatMap(([place, rows]) => {
    const own = rows.map(({ embedding }) => embedding);
    const isOn = place !== null && known.get(place)?.isOn === true;
    if (isOn && !isJudged(place)) return [];
    const { shift } = isOn ? measureShift(own, taught) : { shift: null };
    if (shift !== null) return own.map((embedding) => applyShift(embedding, shift));
    return words === undefined ? [] : own;
  });
}
