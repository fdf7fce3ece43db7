/**
 * Measures places beside a training run: of each whose samples or whose head's statistics have changed, the mean and what leads from it to where
 * the menu was taught. All of it is derived from stored rows, so it is safe to run twice at once: whatever an overtaken run writes is
 * noticed by the next one, since it says what it was made of.
 */
import { meanOfExamples } from "../head/descriptions.ts";
import { measureShift } from "../head/place-shift.ts";
import { findDuePlaces, type MeasuredPlace, readPlaceSamples, storeShifts } from "../store/place-samples.ts";
import { loadStatistics } from "../store/statistics.ts";
import type { TrainingContext } from "./context.ts";
import { limitSites } from "./limit-sites.ts";

/** Returns how many places it measured. Where nothing has changed it reads the places and the index of what is pooled of them. */
export async function measurePlaces({
  db,
  backboneId,
  dimension,
}: Pick<TrainingContext, "db" | "backboneId" | "dimension">): Promise<number> {
  const due = await findDuePlaces(db, backboneId);
  if (due.length === 0) return 0;
  const loaded = await loadStatistics(db, backboneId, dimension);
  const taught = loaded.ok && loaded.value.damage === null ? meanOfExamples(loaded.value.statistics) : null;
  if (taught === null) return 0;
  const measured: MeasuredPlace[] = [];
  for (const { id, basis } of due) {
    const seen = limitSites(await readPlaceSamples(db, id, backboneId)).map(({ embedding }) => embedding);
    measured.push({ id, basis, backboneId, photos: seen.length, ...measureShift(seen, taught) });
  }
  await storeShifts(db, measured);
  return measured.length;
}
