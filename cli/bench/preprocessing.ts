/** `npm run bench -- preprocessing`: which way of fitting a photo to the backbone's input tells the most menus apart. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import type { BackboneManifest } from "../../src/backbone/manifest.ts";
import { projectPlaces } from "../backbone/ensure-backbone.ts";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";
import { useBackbone } from "../backbone/use-backbone.ts";
import { sharedDir } from "../shared/project-paths.ts";
import { type MenuAccuracy, measureMenus } from "./menu-accuracy.ts";

const BACKBONES = ["headstart-128", "mobilenetv2-1.0-224-fp32-backbone"];

type Input = BackboneManifest["input"];

/** Changes to the manifest's input, by what the table calls them. */
const WAYS: Readonly<Record<string, (input: Input) => Partial<Input>>> = {
  "centre crop, with a margin": () => ({ crop: "center" }),
  "centre crop, whole short side": ({ height, width }) => ({
    crop: "center",
    resizeShortSide: Math.max(height, width),
  }),
  squash: () => ({ crop: "squash" }),
  letterbox: () => ({ crop: "letterbox" }),
};

interface WayFigures {
  readonly backbone: string;
  readonly way: string;
  readonly menus: readonly MenuAccuracy[];
}

/** The subcommand. Needs the photos of `../shared`. */
export function createPreprocessingBench(): Command {
  return new Command("preprocessing")
    .description("accuracy on real photos by how they are fitted to the backbone's input")
    .option("--backbone <name>", "only this one")
    .option("--json", "print one JSON object")
    .action(async ({ backbone, json }: { backbone?: string; json?: boolean }) => {
      const figures: WayFigures[] = [];
      for (const name of backbone === undefined ? BACKBONES : [backbone]) figures.push(...(await measureWays(name)));
      console.log(json ? JSON.stringify({ preprocessing: figures }, null, 2) : describeWays(figures));
    });
}

async function measureWays(name: string): Promise<WayFigures[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-preprocessing-"));
  try {
    const placed = await useBackbone(name, { ...projectPlaces(), activeDir: path.join(folder, "backbone") });
    const figures: WayFigures[] = [];
    for (const [way, change] of Object.entries(WAYS)) {
      const menus = await measureMenus(withInput(placed, change), path.join(sharedDir(process.env), "data/images"));
      figures.push({ backbone: placed.manifest.name, way, menus });
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withInput(placed: PlacedBackbone, change: (input: Input) => Partial<Input>): PlacedBackbone {
  const { manifest } = placed;
  return { ...placed, manifest: { ...manifest, input: { ...manifest.input, ...change(manifest.input) } } };
}

/** Accuracies are "all shots / 5 shots". */
function describeWays(figures: readonly WayFigures[]): string {
  const format = (all: number, few: number) => `${all.toFixed(3)} / ${few.toFixed(3)}`;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rows = figures.map(({ backbone, way, menus }) => [
    backbone,
    way,
    ...menus.map(({ allShots, fewShots }) => format(allShots, fewShots)),
    format(mean(menus.map(({ allShots }) => allShots)), mean(menus.map(({ fewShots }) => fewShots))),
  ]);
  const head = ["backbone", "fit", ...(figures[0]?.menus.map(({ menu }) => menu) ?? []), "mean"];
  const lines = [head, head.map((_, i) => (i < 2 ? "---" : "---:")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
