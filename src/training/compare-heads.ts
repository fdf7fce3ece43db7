/** Two versions of the head side by side: what they know, how well, and where they differ. Pure. */
import type { StoredEvaluation } from "../store/head-record.ts";
import type { HeadReport } from "../store/heads.ts";

/** Recall of a class in both versions; null where one does not know it or could not judge it. */
interface ClassChange {
  readonly classId: string;
  readonly recallFrom: number | null;
  readonly recallTo: number | null;
}

interface HeadComparison {
  readonly from: number;
  readonly to: number;
  readonly evaluationFrom: StoredEvaluation | null;
  readonly evaluationTo: StoredEvaluation | null;
  readonly addedClasses: readonly string[];
  readonly removedClasses: readonly string[];
  /** Classes whose recall differs, largest loss first; empty where a head has been purged. */
  readonly changedClasses: readonly ClassChange[];
  readonly examplesFrom: number;
  readonly examplesTo: number;
}

/** `changedClasses` starts with the largest loss of recall. Recall is null where a version did not measure the item. */
export function compareHeads(from: HeadReport, to: HeadReport): HeadComparison {
  const before = recallByClass(from);
  const after = recallByClass(to);
  const changed = from.classIds
    .filter((id) => to.classIds.includes(id) && before.get(id) !== after.get(id))
    .map((id) => ({ classId: id, recallFrom: before.get(id) ?? null, recallTo: after.get(id) ?? null }));
  return {
    from: from.version,
    to: to.version,
    evaluationFrom: from.evaluation,
    evaluationTo: to.evaluation,
    addedClasses: to.classIds.filter((id) => !from.classIds.includes(id)),
    removedClasses: from.classIds.filter((id) => !to.classIds.includes(id)),
    changedClasses: changed.sort((a, b) => gain(a) - gain(b)),
    examplesFrom: from.examples,
    examplesTo: to.examples,
  };
}

/** Classes with examples that could be left out. */
function recallByClass({ details }: HeadReport): Map<string, number> {
  const judged = details?.perClass.filter(({ examples }) => examples > 0) ?? [];
  return new Map(judged.map(({ classId, recall }) => [classId, recall]));
}

function gain({ recallFrom, recallTo }: ClassChange): number {
  return (recallTo ?? 0) - (recallFrom ?? 0);
}
