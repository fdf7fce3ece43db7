/** `npm run bench -- calibration`: whether the head's scores mean what they say, on every shared set of real photos. */
import { Command } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { type Calibration, type CalibrationFigures, measureCalibration } from "./calibration-figures.ts";
import { BACKBONES, embedMenus } from "./embed-menus.ts";
import { shortShare } from "./short-share.ts";

type Row = CalibrationFigures & { readonly backbone: string };

/** The subcommand; minutes, most of them for the embeddings. */
export function createCalibrationBench(): Command {
  return new Command("calibration")
    .description("compare scores with how often they are right, left-out photos beside test photos (minutes)")
    .option("--json", "print one JSON object")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const kernels = loadHeadKernels();
      const calibration: Row[] = [];
      for (const backbone of BACKBONES) {
        const figures = measureCalibration(await embedMenus(backbone), kernels);
        calibration.push(...figures.map((row) => ({ backbone, ...row })));
      }
      console.log(json ? JSON.stringify({ calibration }, null, 2) : describeCalibration(calibration));
    });
}

/** One table: a row per backbone and set, a column per number of photos. */
export function describeCalibration(rows: readonly Row[]): string {
  const shots = [...new Set(rows.map((row) => row.shots))];
  const groups = Map.groupBy(rows, ({ backbone, menu }) => `${backbone} | ${menu}`);
  return [
    "Expected calibration error left out one by one / on test photos, what chance alone would show in brackets; then confidence less accuracy on test photos.",
    "",
    `| backbone | set | ${shots.join(" | ")} |`,
    `| --- | --- |${" --- |".repeat(shots.length)}`,
    ...[...groups].map(([title, group]) => `| ${title} | ${group.map(describeCell).join(" | ")} |`),
  ].join("\n");
}

function describeCell({ leaveOneOut, test }: CalibrationFigures): string {
  return `${describeError(leaveOneOut)} / ${describeError(test)}; ${test.excess < 0 ? "-" : "+"}${shortShare(Math.abs(test.excess), 2)}`;
}

function describeError({ error, byChance }: Calibration): string {
  return `${shortShare(error, 2)} (${shortShare(byChance, 2)})`;
}
