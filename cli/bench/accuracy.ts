/** `npm run bench -- accuracy`: the head beside tuned logistic regression on the shared sets of real photos. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { projectPlaces } from "../backbone/ensure-backbone.ts";
import { useBackbone } from "../backbone/use-backbone.ts";
import { embedFolder } from "../evaluate/embed-folder.ts";
import { createNodeDecoder, createNodeEmbedder } from "../evaluate/node-embedder.ts";
import { CommandError } from "../shared/command.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { sharedDir } from "../shared/project-paths.ts";
import { summariseNewClasses, summariseShots } from "./accuracy-figures.ts";
import { answerByHead, answerByLogisticRegression } from "./accuracy-judges.ts";
import { measureSecondStage } from "./accuracy-second-stage.ts";
import { type AccuracyReport, describeAccuracy } from "./accuracy-table.ts";
import { type EmbeddedMenu, planNewClasses, planShots } from "./accuracy-trials.ts";

const REFERENCE = "mobilenetv2-1.0-224-fp32-backbone";
const MENUS = ["pizza-menu", "food101-13", "grocery-store", "pizza-or-not"];
/** The sets are no hostile uploads: some photos are larger than a deployment accepts without the browser's help. */
const LIMITS = { maxImageBytes: 50_000_000, maxImagePixels: 50_000_000 };

interface AccuracyFlags {
  readonly backbone: string;
  readonly json?: boolean;
}

/** The subcommand; scikit-learn's columns are absent where it is not installed. */
export function createAccuracyBench(): Command {
  return new Command("accuracy")
    .description("compare the head with tuned logistic regression on the shared sets of real photos (minutes)")
    .option("--backbone <name|file>", "whose embeddings", REFERENCE)
    .option("--json", "print one JSON object")
    .action(async ({ backbone, json }: AccuracyFlags) => {
      const menus = await embedMenus(backbone, path.join(sharedDir(process.env), "data/images"));
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

/** Each photo once; the backbone in place stays there. */
async function embedMenus(backbone: string, imagesDir: string): Promise<EmbeddedMenu[]> {
  const found = MENUS.filter((menu) => existsSync(path.join(imagesDir, menu)));
  if (found.length === 0) throw new CommandError(`There are no photos to learn from in ${imagesDir}.`);
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
  try {
    const placed = await useBackbone(backbone, { ...projectPlaces(), activeDir: path.join(folder, "active") });
    const source = { embedder: createNodeEmbedder(placed), decode: await createNodeDecoder(), limits: LIMITS, seed: 0 };
    const menus: EmbeddedMenu[] = [];
    for (const menu of found) {
      const train = await embedFolder(path.join(imagesDir, menu, "train"), source);
      const test = await embedFolder(path.join(imagesDir, menu, "test"), source);
      const classIds = [...new Set(train.rows.map(({ classId }) => classId))];
      menus.push({ menu, classIds, rows: [...train.rows, ...test.rows], trainCount: train.rows.length });
    }
    return menus;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
