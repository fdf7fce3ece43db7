/** The figures of three shots as tables: every set, and the mean of the sets. Pure. */
import { meanOf } from "../accuracy-figures.ts";
import { shortGain, shortShare } from "../short-share.ts";
import type { BurstRow, Measured } from "./burst-figures.ts";

const COLUMNS = [
  ...["backbone", "set", "photos per item", "shots"],
  ...["as it is", "one shot", "three", "gain", "gain over as it is", "log-loss", "called unknown"],
];

export function describeBurstHeading(): string {
  return `| ${COLUMNS.join(" | ")} |\n|${COLUMNS.map((_, i) => (i < 4 ? "---" : "--:")).join("|")}|`;
}

/** Gains with their standard errors over the photos. */
export function describeBurstRow(row: BurstRow): string {
  const { whole, one, three, gain, gainOverWhole, lossGain, unknownGain } = row;
  const shares = [whole, one, three].map((share) => shortShare(share, 3));
  const gains = [gain, gainOverWhole, lossGain, unknownGain].map(shortGain);
  return `| ${[row.backbone, row.menu, row.taught, row.shots, ...shares, ...gains].join(" | ")} |`;
}

/** Every set, then the means of the sets. */
export function describeBurst(rows: readonly BurstRow[]): string {
  const sets = rows.filter(({ taught }) => taught === 10 || taught === "all");
  return [...[describeBurstHeading(), ...sets.map(describeBurstRow)], "", describeBurstHeading()]
    .concat(averageSets(rows).map(describeBurstRow))
    .join("\n");
}

/** Of each backbone, number of photos and kind of shots; the sets are independent, so `error = sqrt(sum error_i^2) / n`. */
export function averageSets(rows: readonly BurstRow[]): BurstRow[] {
  const groups = Map.groupBy(rows, ({ backbone, taught, shots }) => `${backbone} ${taught} ${shots}`);
  return [...groups.values()].map((group) => {
    const share = (name: "whole" | "one" | "three") => meanOf(group.map((row) => row[name]));
    const gain = (name: "gain" | "gainOverWhole" | "lossGain" | "unknownGain"): Measured => ({
      mean: meanOf(group.map((row) => row[name].mean)),
      error: Math.hypot(...group.map((row) => row[name].error)) / group.length,
    });
    return {
      ...group[0],
      menu: "mean of the sets",
      photos: group.reduce((sum, { photos }) => sum + photos, 0),
      whole: share("whole"),
      one: share("one"),
      three: share("three"),
      gain: gain("gain"),
      gainOverWhole: gain("gainOverWhole"),
      lossGain: gain("lossGain"),
      unknownGain: gain("unknownGain"),
    };
  });
}
