/**
 * Planted mistakes: labels drawn among the other items, and strangers labelled as one. Which of them are marked as perhaps mistakes,
 * and how many right labels with them, by the Worker's own code. Pure: the same sets give the same figures.
 */
import { isLabelDoubted } from "../../src/head/doubts.ts";
import { type FittedHead, fitHead } from "../../src/head/fit.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { predict } from "../../src/head/predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import { takeStratified } from "../evaluate/sample.ts";
import { CommandError } from "../shared/command.ts";
import { HEAD_OPTIONS } from "./accuracy-judges.ts";
import type { EmbeddedMenu } from "./accuracy-trials.ts";
import { findMenu, type Pairing, partOf, rowsOf, SEEDS, shuffle, strangersTo } from "./stranger-trials.ts";

/** Shares of what is marked, over all seeds. */
export interface SuspectFigures {
  /** Of the labels that were drawn among the other items. */
  readonly mistakes: number;
  /** Of the strangers. */
  readonly strangers: number;
  /** Of the right labels. */
  readonly falseMarks: number;
  /** Share of the heads that doubt labels by their scores; the others cannot promise to find half of the mistakes. */
  readonly byScore: number;
}

/** Photos of nothing on the menu that are sent as corrections. */
const STRANGERS_SENT = 60;
/** Among the labels taught, of each ten one is wrong, and of each twenty one is a stranger's. */
const MISTAKES_TAUGHT = 0.1;
const STRANGERS_TAUGHT = 0.05;

type Kind = "mistakes" | "strangers" | "falseMarks";

interface PlantedLabel extends LabelledEmbedding {
  readonly kind: Kind;
}

/** Corrections of test photos to a head of `shots` photos per item: each photo labelled right and wrong, and strangers. */
export function measureCorrections(
  menus: readonly EmbeddedMenu[],
  pairing: Pairing,
  shots: number,
  kernels: Kernels,
): SuspectFigures {
  const own = findMenu(menus, pairing.menu);
  return countMarks((seed) => {
    const { head, evaluation } = fitRows(takeShots(own, shots, seed), own.classIds, kernels);
    const doubtBelow = evaluation?.doubtBelow ?? null;
    const known = partOf(own, "test");
    const sent: PlantedLabel[] = [
      ...known.map((row) => ({ ...row, kind: "falseMarks" as const })),
      ...mislabel(known, own.classIds, seed, "mistakes"),
      ...mislabel(
        shuffle(strangersTo(menus, pairing, "test"), seed).slice(0, STRANGERS_SENT),
        own.classIds,
        seed,
        "strangers",
      ),
    ];
    const isMarked = ({ embedding, classId }: PlantedLabel) =>
      isLabelDoubted(predict(head, embedding), classId, doubtBelow);
    return { doubtBelow, marks: sent.map((row) => ({ kind: row.kind, isMarked: isMarked(row) })) };
  });
}

/** Taught labels, the planted ones among them, as the head that is fitted to all of them sees them. */
export function measureLabels(
  menus: readonly EmbeddedMenu[],
  pairing: Pairing,
  shots: number,
  kernels: Kernels,
): SuspectFigures {
  const own = findMenu(menus, pairing.menu);
  return countMarks((seed) => {
    const rows = shuffle(takeShots(own, shots, seed), seed);
    const wrong = Math.round(MISTAKES_TAUGHT * rows.length);
    const strangers = shuffle(strangersTo(menus, pairing, "train"), seed).slice(
      0,
      Math.round(STRANGERS_TAUGHT * rows.length),
    );
    const labels: PlantedLabel[] = [
      ...mislabel(rows.slice(0, wrong), own.classIds, seed, "mistakes"),
      ...mislabel(strangers, own.classIds, seed, "strangers"),
      ...rows.slice(wrong).map((row) => ({ ...row, kind: "falseMarks" as const })),
    ];
    const sample = own.classIds.flatMap((id) => labels.filter(({ classId }) => classId === id));
    const { evaluation } = fitRows(sample, own.classIds, kernels);
    const suspects = new Set(evaluation?.suspects.map(({ sampleIndex }) => sampleIndex));
    const marks = sample.map(({ kind }, i) => ({ kind, isMarked: suspects.has(i) }));
    return { doubtBelow: evaluation?.doubtBelow ?? null, marks };
  });
}

interface Trial {
  readonly doubtBelow: number | null;
  readonly marks: readonly { readonly kind: Kind; readonly isMarked: boolean }[];
}

function countMarks(run: (seed: number) => Trial): SuspectFigures {
  const trials = SEEDS.map(run);
  const marks = trials.flatMap((trial) => trial.marks);
  const shareOf = (kind: Kind) => {
    const own = marks.filter((mark) => mark.kind === kind);
    return own.filter(({ isMarked }) => isMarked).length / own.length;
  };
  return {
    mistakes: shareOf("mistakes"),
    strangers: shareOf("strangers"),
    falseMarks: shareOf("falseMarks"),
    byScore: trials.filter(({ doubtBelow }) => doubtBelow !== null).length / trials.length,
  };
}

function takeShots(menu: EmbeddedMenu, shots: number, seed: number): LabelledEmbedding[] {
  return menu.classIds.flatMap((id) => shuffle(rowsOf(menu, id), seed).slice(0, shots));
}

/** Each under an item that is not its own, drawn by the seed. */
function mislabel(
  rows: readonly LabelledEmbedding[],
  classIds: readonly string[],
  seed: number,
  kind: Kind,
): PlantedLabel[] {
  return rows.map(({ classId: right, embedding }, i) => {
    const [classId = right] = shuffle(
      classIds.filter((id) => id !== right),
      seed * 1_000 + i,
    );
    return { classId, embedding, kind };
  });
}

function fitRows(rows: readonly LabelledEmbedding[], classIds: readonly string[], kernels: Kernels): FittedHead {
  const stats = createStatistics(rows[0]?.embedding.values.length ?? 0);
  addExamples(stats, rows, kernels);
  const fitted = fitHead(stats, takeStratified(rows, classIds), { ...HEAD_OPTIONS, classIds, kernels });
  if (!fitted.ok) throw new CommandError(fitted.error.message);
  return fitted.value;
}
