/** Asks people's labels at a place whether moving its answers helps: a head without these labels answers them both ways. */
import type { Embedding } from "../head/embedding.ts";
import { fitHead } from "../head/fit.ts";
import { judgeShift, type PlaceLabels } from "../head/judge-shift.ts";
import { sampleCapPerClass } from "../head/policy.ts";
import { copyStatistics, removeExamples, type Statistics } from "../head/statistics.ts";
import { decodeEmbedding } from "../store/codecs.ts";
import { readPlaceLabels } from "../store/place-samples.ts";
import { sampleAbsorbed } from "../store/sample.ts";
import type { TrainingContext } from "./context.ts";

/** What is read of the deployment for it. */
export type JudgingContext = Pick<
  TrainingContext,
  "db" | "backboneId" | "dimension" | "priorExponent" | "unknownAlpha" | "kernels"
>;

/**
 * Null where nobody has labelled a sample of the place, or what is left without them makes no head. One query where there are no labels;
 * else a fit without them, as of any run.
 */
export async function judgePlace(
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
