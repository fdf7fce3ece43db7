/**
 * Two figures for those who watch over the training: how much a version has learnt by heart, and what it finds less often than the
 * version before it. Pure.
 */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { listFewNames } from "./few-names.ts";
import type { HeadReport } from "./head-answers.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.versions.guards;
const { formatShare } = kitchen.words;

/** One line; empty for a version that was made before these were measured. */
export function describeGuards(
  { evaluation, details }: Pick<HeadReport, "evaluation" | "details">,
  names: ItemNames,
): string {
  return [describeGap(evaluation), describeForgetting(details, names)].filter((part) => part !== "").join(" ");
}

function describeGap(evaluation: HeadReport["evaluation"]): string {
  if (evaluation === null || evaluation.taughtAccuracy === null) return "";
  const { taughtAccuracy, accuracy } = evaluation;
  return texts.gap(formatShare(taughtAccuracy), formatShare(accuracy));
}

/** Largest loss first. */
function describeForgetting(details: HeadReport["details"], names: ItemNames): string {
  const old = (details?.perClass ?? []).flatMap(({ classId, examples, recall, recallBefore }) =>
    recallBefore === null || examples === 0 ? [] : [{ classId, recall, recallBefore }],
  );
  if (old.length === 0) return "";
  const lost = old
    .filter(({ recall, recallBefore }) => recall < recallBefore)
    .toSorted((one, other) => one.recall - one.recallBefore - (other.recall - other.recallBefore));
  if (lost.length === 0) return texts.kept;
  const moves = lost.map(({ classId, recall, recallBefore }) =>
    texts.move(nameOf(names, classId), formatShare(recallBefore), formatShare(recall)),
  );
  return texts.lost(listFewNames(moves));
}
