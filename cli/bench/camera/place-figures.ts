/** A menu through another camera: what each way achieves with this many photos and labels of the new place, and which one would serve. */
import type { Embedding } from "../../../src/head/embedding.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { evaluateMenu } from "../../evaluate/evaluate-menu.ts";
import { evaluatePlace } from "../../evaluate/evaluate-place.ts";
import type { PlaceWay } from "../../evaluate/place-ways.ts";
import { shortShare } from "../short-share.ts";
import { pickShots, shuffled } from "../text/text-sets.ts";
import type { PlaceSet } from "./place-sets.ts";

export interface PlaceFigures {
  readonly menu: string;
  readonly classes: number;
  /** Photos of the place that nobody has labelled, and labels of it per class. */
  readonly unlabelled: number;
  readonly labels: number;
  /** On the test photos where the menu was taught. */
  readonly atSource: number;
  /** On the test photos of the place, by way; null where the way leaves no head. */
  readonly accuracy: readonly { readonly way: PlaceWay; readonly accuracy: number | null }[];
  readonly chosen: PlaceWay;
}

/** `Infinity`: all there are. */
const UNLABELLED = [0, 10, 30, Number.POSITIVE_INFINITY];
const LABELS = [0, 3, 5];
const SEED = 1;
const OPTIONS = { priorExponent: 0, unknownAlpha: 0.05 };

/** One row for each number of photos and labels; more contain fewer. Hears of each row as it comes. */
export function measurePlaces(set: PlaceSet, kernels: Kernels, onRow: (row: PlaceFigures) => void): PlaceFigures[] {
  const { menu, source, there, test, testAtSource } = set;
  const dimension = source[0]?.embedding.values.length ?? 0;
  const atSource = evaluateMenu(source, testAtSource, { ...OPTIONS, dimension, kernels }).accuracy;
  const classes = new Set(source.map(({ classId }) => classId)).size;
  const known = pickShots(there, Math.max(...LABELS), SEED);
  const asked = new Set(known);
  const seen = shuffled(there, SEED).flatMap((row): Embedding[] => (asked.has(row) ? [] : [row.embedding]));
  return LABELS.flatMap((labels) =>
    UNLABELLED.map((wanted) => {
      const photos = { source, labelled: pickShots(known, labels, SEED), unlabelled: seen.slice(0, wanted), test };
      const { accuracy, chosen, unlabelled } = evaluatePlace(photos, { ...OPTIONS, kernels });
      const row = { menu, classes, unlabelled, labels, atSource, accuracy, chosen };
      onRow(row);
      return row;
    }),
  );
}

const SHOWN: readonly PlaceWay[] = [
  "as taught",
  "moved",
  "moved, with labels",
  "moved, with unlabelled",
  "labels alone",
];

/** The heading of a table of such rows. */
export function describePlaceHeading(backbone: string): string {
  return [
    `| ${backbone}: set (classes), where it was taught | unlabelled | labels per class | ${SHOWN.join(" | ")} | served |`,
    `|---|--:|--:|${SHOWN.map(() => "--:").join("|")}|--:|`,
  ].join("\n");
}

/** One row of it. */
export function describePlaceRow({
  menu,
  classes,
  atSource,
  unlabelled,
  labels,
  accuracy,
  chosen,
}: PlaceFigures): string {
  const figures = new Map(accuracy.map((row) => [row.way, row.accuracy === null ? "-" : shortShare(row.accuracy, 3)]));
  const cells = [`${menu} (${classes}), ${shortShare(atSource, 3)}`, unlabelled, labels];
  return `| ${[...cells, ...SHOWN.map((way) => figures.get(way) ?? "-"), `${figures.get(chosen)} (${chosen})`].join(" | ")} |`;
}
