/**
 * `npm run bench -- classify`: what one classification of a photo or a text costs, on the real Worker in workerd, beside the bare backbone and
 * beside other runtimes, with the default backbone, with MobileNetV2 1.0 and with the English sentence encoder.
 */
import path from "node:path";
import { Command } from "commander";
import { projectPlaces } from "../backbone/ensure-backbone.ts";
import { listModels } from "../backbone/find-source.ts";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";
import { useSentences } from "../backbone/sentences/use-sentences.ts";
import { buildAssets } from "../build.ts";
import { type DevServerOptions, startDevServer } from "../dev-server.ts";
import { installPackage } from "../shared/own-packages.ts";
import { writeBenchConfig } from "./classify/bench-config.ts";
import { type BenchPhotos, makeBenchPhotos } from "./classify/bench-photos.ts";
import { type ClassifyFigures, describeClassify } from "./classify/classify-table.ts";
import { timeColdStart, timeRequests } from "./classify/request-timing.ts";
import { compareRuntimes } from "./classify/runtimes.ts";
import { measureTextRequests } from "./classify/text-requests.ts";
import { describeTextRequests } from "./classify/text-requests-table.ts";
import { startDirectWorker } from "./direct-worker.ts";
import { inFolder, withPlaced } from "./placed-backbones.ts";

const COMPARED = "mobilenetv2-1.0-224-fp32-backbone";

interface ClassifyFlags {
  readonly rounds: number;
  readonly coldStarts: number;
  readonly onlyText?: boolean;
  readonly int8?: string;
  readonly json?: boolean;
}

export function createClassifyBench(): Command {
  return new Command("classify")
    .description("time a classification: whole requests, the bare backbone, other runtimes, CPU and what it costs")
    .option("--rounds <n>", "interleaved rounds", Number, 41)
    .option("--cold-starts <n>", "fresh processes per backbone", Number, 3)
    .option("--only-text", "leave the photos out")
    .option("--int8 <photos>", "each backbone in eight bits as well, by the photos of that folder")
    .option("--json", "print one JSON object")
    .action(async (flags: ClassifyFlags) => {
      const figures = flags.onlyText
        ? []
        : await withBackbones((placed, folder) => measureAll(placed, folder, flags), flags.int8);
      const text = await inFolder(async (folder) => {
        const placed = await useSentences(path.join(folder, "backbone"));
        return measureTextRequests(placed, folder, flags);
      });
      const [first] = figures;
      const words = [...(figures.length === 0 ? [] : [describeClassify(figures), ""]), describeTextRequests(text)];
      if (!flags.json) console.log(words.join("\n"));
      else
        console.log(
          JSON.stringify({ wholeOverBare: first?.requests.wholeOverBare, backbones: figures, text }, null, 2),
        );
    });
}

async function measureAll(placed: readonly PlacedBackbone[], folder: string, flags: ClassifyFlags) {
  await installPackage("rivals");
  const photos = await makeBenchPhotos();
  const figures: ClassifyFigures[] = [];
  for (const backbone of placed) {
    const floats = placed.find(({ manifest }) => manifest.id === backbone.manifest.quantisation?.of);
    figures.push(await measure(backbone, folder, { photos, floats }, flags));
  }
  return figures;
}

interface Compared {
  readonly photos: BenchPhotos;
  /** Of a backbone in eight bits, the one that it was made of. */
  readonly floats: PlacedBackbone | undefined;
}

async function measure(backbone: PlacedBackbone, folder: string, { photos, floats }: Compared, flags: ClassifyFlags) {
  const { name } = backbone.manifest;
  const runtimes = await compareRuntimes(backbone, flags.rounds, floats);
  const options = {
    configFile: await writeBenchConfig(folder),
    dataDir: path.join(folder, `data-${name}`),
    assetsDir: path.join(folder, `assets-${name}`),
  };
  const backboneDir = path.dirname(backbone.file);
  await buildAssets({ outDir: options.assetsDir, backboneDir });
  await teach({ dataDir: options.dataDir, backboneDir, quiet: true }, photos);
  const worker = await startDirectWorker(options);
  const requests = await timeRequests(worker, photos, flags.rounds).finally(worker.stop);
  const cold: number[] = [];
  const visited: number[] = [];
  for (let i = 0; i < flags.coldStarts; i++) {
    cold.push(await timeColdStart(options, photos, false));
    visited.push(await timeColdStart(options, photos, true));
  }
  return { name, coldStartMs: { cold, visited }, requests, runtimes };
}

/** Two items and a head, left in the data folder. */
async function teach(options: DevServerOptions, { classes }: BenchPhotos): Promise<void> {
  const { url, adminToken, stop } = await startDevServer(options);
  const send = async (route: string, body: BodyInit, type: string) => {
    const headers = { authorization: `Bearer ${adminToken}`, "content-type": type };
    const response = await fetch(`${url}/v1/admin/${route}`, { method: "POST", body, headers });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  };
  try {
    for (const [i, photos] of classes.entries()) {
      await send("classes", JSON.stringify({ name: `Item ${i}`, id: `item-${i}` }), "application/json");
      for (const photo of photos) await send(`classes/item-${i}/examples`, photo, "image/jpeg");
    }
    await send("training-runs", "", "application/json");
  } finally {
    await stop();
  }
}

/** The project's own backbone and, where it is on this machine, the one to compare with; each in a folder of its own. */
async function withBackbones<T>(
  work: (placed: readonly PlacedBackbone[], folder: string) => Promise<T>,
  int8: string | undefined,
): Promise<T> {
  const places = projectPlaces();
  const own = (await listModels(places.modelsDir)).filter((file) => path.basename(file).startsWith("headstart-"));
  const shared = await listModels(places.sharedBackbonesDir);
  const files = [...own.slice(-1), ...shared.filter((file) => path.basename(file, ".onnx") === COMPARED)];
  return withPlaced(files, work, { int8 });
}
