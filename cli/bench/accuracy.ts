/** `npm run bench -- accuracy`: the head beside tuned logistic regression on the shared sets of real photos. */
import { Command } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { summariseNewClasses, summariseShots } from "./accuracy-figures.ts";
import { answerByHead, answerByLogisticRegression } from "./accuracy-judges.ts";
import { measureSecondStage } from "./accuracy-second-stage.ts";
import { type AccuracyReport, describeAccuracy } from "./accuracy-table.ts";
import { type EmbeddedMenu, planNewClasses, planShots } from "./accuracy-trials.ts";
import { BACKBONES, embedMenus } from "./embed-menus.ts";

interface AccuracyFlags {
  readonly backbone: string;
  readonly json?: boolean;
}

/** The subcommand; scikit-learn's columns are absent where it is not installed. */
export function createAccuracyBench(): Command {
  return new Command("accuracy")
    .description("compare the head with tuned logistic regression on the shared sets of real photos (minutes)")
    .option("--backbone <name|file>", "whose embeddings", BACKBONES[1])
    .option("--json", "print one JSON object")
    .action(async ({ backbone, json }: AccuracyFlags) => {
      const menus = await embedMenus(backbone);
      const report = { backbone, ...(await compareOnMenus(menus)) };
      console.log(json ? JSON.stringify(report, null, 2) : describeAccuracy(report));
    });
}

/** All trials on sets that are embedded already. */
export async function compareOnMenus(menus: readonly EmbeddedMenu[]): Promise<Omit<AccuracyReport, "backbone">> {
  const kernels = loadHeadKernels();
  const [shots, newClasses] = [planShots(menus), planNewClasses(menus)];
  const trials = [...shots, ...newClasses];
  const head = answerByHead(menus, trials, kernels);
  const logistic = await answerByLogisticRegression(menus, trials);
  const later = shots.length;
  return {
    shots: summariseShots(menus, shots, head, logistic),
    newClasses: summariseNewClasses(menus, newClasses, head.slice(later), logistic?.slice(later) ?? null),
    secondStage: menus.map((menu) => measureSecondStage(menu, kernels)),
  };
}
