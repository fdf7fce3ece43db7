/**
 * Takes pending labels into the statistics: new ones are added, relabelled ones move, forgotten ones are subtracted. Labels
 * are the truth; what is written here can be rebuilt from them. A sample that is not on the menu is marked as taken in and
 * adds nothing: the statistics are those of the items alone.
 */

import type { Embedding } from "../head/embedding.ts";
import {
  addExamples,
  checkInvariants,
  countExamples,
  relabelExamples,
  removeExamples,
  type Statistics,
} from "../head/statistics.ts";
import { normsMismatch } from "../shared/english/sums.ts";
import { NONE_ID } from "../shared/none-label.ts";
import type { Told } from "../shared/sentence.ts";
import { decodeEmbedding } from "../store/codecs.ts";
import { fetchEmbeddings, type LabelMove, planLabelMoves } from "../store/learning/pending-labels.ts";
import { storeAbsorbed, type VersionedStatistics } from "../store/learning/statistics.ts";
import { type LeasedRun, writeNow } from "./context.ts";

/* What must hold of statistics whatever happened before. A fault calls for a rebuild; it is never repaired in place. */

/** A quarter of one unit-length example, plus what float32 sums may drift by. */
const COUNT_TOLERANCE = { examples: 0.25, share: 1e-5 } as const;

/**
 * Null when sound; otherwise what is wrong. Beside `checkInvariants`: stored embeddings have unit length, so the
 * sum of squared norms must equal the number of examples.
 */
export function findFault(statistics: Statistics): Told | null {
  const sound = checkInvariants(statistics);
  if (!sound.ok) return sound.error.told;
  const examples = countExamples(statistics);
  const allowed = COUNT_TOLERANCE.examples + COUNT_TOLERANCE.share * examples;
  if (Math.abs(statistics.squaredNorms - examples) <= allowed) return null;
  return normsMismatch({ examples, norms: statistics.squaredNorms });
}

/** What came of it; `stored` is what the statistics are now. */
type AbsorbOutcome =
  | { readonly kind: "absorbed"; readonly absorbed: number; readonly stored: VersionedStatistics }
  | { readonly kind: "overtaken" }
  | { readonly kind: "unsound"; readonly reason: Told };

/** Absorbs pending labels, as many as one run may, into `loaded`, whose statistics are changed in place. */
export async function absorbPendingLabels(run: LeasedRun, loaded: VersionedStatistics): Promise<AbsorbOutcome> {
  const plan = await planLabelMoves(run.db, run.limits.labels);
  if (plan.length === 0) return { kind: "absorbed", absorbed: 0, stored: loaded };
  const { pageRows } = run.limits;
  const applied: LabelMove[] = [];
  for (let first = 0; first < plan.length; first += pageRows) {
    applied.push(...(await applyPage(run, loaded.statistics, plan.slice(first, first + pageRows))));
  }
  const fault = findFault(loaded.statistics);
  if (fault !== null) return { kind: "unsound", reason: fault };
  const stored = await storeAbsorbed(run.db, loaded, applied, writeNow(run));
  return stored === null ? { kind: "overtaken" } : { kind: "absorbed", absorbed: applied.length, stored };
}

/** Applies the moves whose samples are still there, and returns these. */
async function applyPage(run: LeasedRun, statistics: Statistics, page: readonly LabelMove[]): Promise<LabelMove[]> {
  const rows = await fetchEmbeddings(
    run.db,
    page.map(({ sampleId }) => sampleId),
  );
  const embeddings = new Map(rows.map((row) => [row.sampleId, decodeEmbedding(row)]));
  const applied: LabelMove[] = [];
  const added: { classId: string; embedding: Embedding }[] = [];
  const removed: typeof added = [];
  const moved: { from: string; to: string; embedding: Embedding }[] = [];
  for (const move of page) {
    const embedding = embeddings.get(move.sampleId);
    if (embedding === undefined) continue;
    const [from, to] = [itemOf(move.from), itemOf(move.to)];
    applied.push(move);
    if (from !== null && to !== null) moved.push({ from, to, embedding });
    else if (to !== null) added.push({ classId: to, embedding });
    else if (from !== null) removed.push({ classId: from, embedding });
  }
  addExamples(statistics, added, run.kernels);
  removeExamples(statistics, removed, run.kernels);
  relabelExamples(statistics, moved);
  return applied;
}

/** Null where the statistics hold nothing of it. */
function itemOf(classId: string | null): string | null {
  return classId === NONE_ID ? null : classId;
}
