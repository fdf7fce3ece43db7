/**
 * Measures places beside a training run: of each whose samples or whose head's statistics have changed, the mean, what leads from it to where
 * the menu was taught, and whether people's labels there speak against that. All of it is derived from stored rows, so it is safe to run
 * twice at once: whatever an overtaken run writes is noticed by the next one, since it says what it was made of.
 */
import { meanOfExamples } from "../head/descriptions.ts";
import { isRefused } from "../head/judge-shift.ts";
import { measureShift } from "../head/place-shift.ts";
import type { Statistics } from "../head/statistics.ts";
import {
  type DuePlace,
  findDuePlaces,
  type MeasuredPlace,
  readPlaceSamples,
  storeShifts,
} from "../store/place-samples.ts";
import { loadStatistics } from "../store/statistics.ts";
import type { TrainingContext } from "./context.ts";
import { type JudgingContext, judgePlace } from "./judge-place.ts";
import { limitSites } from "./limit-sites.ts";

type PlacesContext = JudgingContext & Pick<TrainingContext, "publicTeaching">;

/** Returns how many places it measured. Where nothing has changed it reads the places and the index of what is pooled of them. */
export async function measurePlaces(context: PlacesContext): Promise<number> {
  const { db, backboneId, dimension, publicTeaching } = context;
  const due = await findDuePlaces(db, backboneId, publicTeaching);
  if (due.length === 0) return 0;
  const loaded = await loadStatistics(db, backboneId, dimension);
  if (!loaded.ok || loaded.value.damage !== null) return 0;
  const { statistics } = loaded.value;
  const taught = meanOfExamples(statistics);
  if (taught === null) return 0;
  const measured: MeasuredPlace[] = [];
  for (const place of due) measured.push(await measurePlace(context, place, taught, statistics));
  await storeShifts(db, measured);
  return measured.length;
}

async function measurePlace(
  context: PlacesContext,
  { id, basis }: DuePlace,
  taught: Float64Array,
  statistics: Statistics,
): Promise<MeasuredPlace> {
  const { db, backboneId, publicTeaching } = context;
  const seen = limitSites(await readPlaceSamples(db, id, backboneId, publicTeaching)).map(({ embedding }) => embedding);
  const { shift, distance } = measureShift(seen, taught);
  const labels = await judgePlace(context, id, shift, statistics);
  const isAllowed = labels === null || !isRefused(labels);
  return { id, basis, backboneId, photos: seen.length, distance, labels, shift: isAllowed ? shift : null };
}
