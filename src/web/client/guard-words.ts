/**
 * For those who watch over the training: how much a version has learnt by heart, whether it has learnt from what nobody has labelled, and
 * what it finds less often than the version before it. Pure.
 */
import { MIN_JUDGING_LABELS } from "../../shared/judging-labels.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { listFewNames } from "./few-names.ts";
import type { HeadReport, JudgedLabels } from "./head-answers.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.versions.guards;
const { formatShare } = kitchen.words;

/** One line; empty for a version that was made before these were measured. */
export function describeGuards(
  { evaluation, details }: Pick<HeadReport, "evaluation" | "details">,
  names: ItemNames,
): string {
  const parts = [describeGap(evaluation), describePooled(evaluation?.pool ?? null), describeForgetting(details, names)];
  return parts.filter((part) => part !== "").join(" ");
}

/** Whether what nobody has labelled counts in it, and why not. */
function describePooled(pool: JudgedLabels | null): string {
  if (pool === null) return "";
  const { isAllowed, labels, judged, rightWithout, rightWith, tested } = pool;
  const { helps, harms, harmsTest, tooFew } = texts.unlabelled;
  if (isAllowed) return helps(labels, judged, rightWithout, rightWith);
  if (tested !== null && tested.rightWith < tested.rightWithout)
    return harmsTest(tested.examples, tested.rightWithout, tested.rightWith);
  return judged < MIN_JUDGING_LABELS ? tooFew(judged, MIN_JUDGING_LABELS) : harms(judged, rightWithout, rightWith);
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
