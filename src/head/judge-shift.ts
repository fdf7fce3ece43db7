/** What people's labels at a place say of moving its answers: judged by a head that has seen none of them. Pure. */
import { MIN_JUDGING_LABELS } from "../shared/judging-labels.ts";
import type { Embedding } from "./embedding.ts";
import { judgeRow } from "./judge-row.ts";
import { applyShift } from "./place-shift.ts";
import type { Head } from "./predict.ts";
import type { LabelledEmbedding } from "./statistics.ts";

/** Labels of a place, and how many of them a head answers right. */
export interface PlaceLabels {
  readonly judged: number;
  readonly rightAsTaught: number;
  /** With the shift; null where there is none to judge. */
  readonly rightMoved: number | null;
}

/** `head` must not have seen these rows; skips those of classes that it does not know. */
export function judgeShift(head: Head, rows: readonly LabelledEmbedding[], shift: Embedding | null): PlaceLabels {
  const known = rows.filter(({ classId }) => head.classIds.includes(classId));
  const countRight = (by: Embedding | null) =>
    known.filter(({ classId, embedding }) => judgeRow(head, { classId, embedding: applyShift(embedding, by) }).isRight)
      .length;
  const rightMoved = shift === null ? null : countRight(shift);
  return { judged: known.length, rightAsTaught: countRight(null), rightMoved };
}

/** Whether enough labels get worse answers moved than as taught: then answers stay as taught. Fewer labels speak by chance. */
export function isRefused({ judged, rightAsTaught, rightMoved }: PlaceLabels): boolean {
  return judged >= MIN_JUDGING_LABELS && rightMoved !== null && rightMoved < rightAsTaught;
}
