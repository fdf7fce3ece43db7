/**
 * Measures places beside a training run. Where a place's samples or the head's statistics have changed, it computes the mean of the samples,
 * the shift from there to where the menu was taught, and whether people's labels at the place speak against that shift. All of it follows
 * from stored rows and says what it was made of: two runs may measure at once, and the next one notices what an overtaken run has written.
 */

import { meanOfExamples } from "../head/descriptions.ts";
import type { Embedding } from "../head/embedding.ts";
import { fitHead } from "../head/fit.ts";
import { isRefused, judgeShift, measureShift, type PlaceLabels } from "../head/place-shift.ts";
import { sampleCapPerClass } from "../head/policy.ts";
import { copyStatistics, removeExamples, type Statistics } from "../head/statistics.ts";
import { siteOf } from "../shared/contributor.ts";
import { decodeEmbedding } from "../store/codecs.ts";
import { sampleAbsorbed } from "../store/learning/sample.ts";
import { loadStatistics } from "../store/learning/statistics.ts";
import {
  type DuePlace,
  findDuePlaces,
  type MeasuredPlace,
  readPlaceLabels,
  readPlaceSamples,
  storeShifts,
} from "../store/places/place-samples.ts";
import type { TrainingContext } from "./context.ts";

/* Asks people's labels at a place whether moving its answers helps: a head without these labels answers them both ways. */

/** What is read of the deployment for it. */
export type JudgingContext = Pick<
  TrainingContext,
  "db" | "backboneId" | "dimension" | "priorExponent" | "unknownAlpha" | "kernels"
>;

/**
 * Null where nobody has labelled a sample of the place, or where the other labels make no head. Costs one query where there are no labels,
 * otherwise a fit without them, like that of any run.
 */
async function judgePlace(
  { db, kernels, priorExponent, unknownAlpha }: JudgingContext,
  place: string,
  shift: Embedding | null,
  taught: Statistics,
): Promise<PlaceLabels | null> {
  const labelled = await readPlaceLabels(db, place);
  if (labelled.length === 0) return null;
  const own = labelled.map((row) => ({ classId: row.classId, embedding: decodeEmbedding(row) }));
  const rest = copyStatistics(taught);
  removeExamples(rest, own, kernels);
  const classIds = [...rest.classes].flatMap(([id, { count }]) => (count > 0 ? [id] : []));
  const leftOut = new Set(labelled.map(({ sampleId }) => sampleId));
  const rows = await sampleAbsorbed(db, classIds, sampleCapPerClass(classIds.length));
  const sample = rows.flatMap((row) =>
    leftOut.has(row.sampleId) ? [] : [{ classId: row.classId, embedding: decodeEmbedding(row) }],
  );
  const fitted = fitHead(rest, sample, { classIds, kernels, priorExponent, unknownAlpha, isForJudgement: true });
  return fitted.ok ? judgeShift(fitted.value.head, own, shift) : null;
}

/* Who may say what a place is like: no site of guests counts for more than everybody else together. Pure. */

/**
 * Cuts the largest site of guests down to as many samples as all others have together, staff and keys included; its first
 * samples stay. One site thus decides nothing alone, and at most half among others.
 */
export function limitSites<Sample extends { readonly contributor: string }>(samples: readonly Sample[]): Sample[] {
  const bySite = Map.groupBy(samples, ({ contributor }) => siteOf(contributor));
  const guests = [...bySite].filter(([site]) => site.startsWith("g_"));
  const [largest, own = []] = guests.toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const excess = 2 * own.length - samples.length;
  if (excess <= 0) return [...samples];
  const kept = new Set(own.slice(0, own.length - excess));
  return samples.filter((sample) => siteOf(sample.contributor) !== largest || kept.has(sample));
}

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
