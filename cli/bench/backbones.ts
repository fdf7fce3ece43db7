/** `npm run bench -- backbones`: what each backbone costs and how well a head on it does, in one table. */
import path from "node:path";
import { Command } from "commander";
import { projectPlaces } from "../backbone/ensure-backbone.ts";
import { listModels } from "../backbone/find-source.ts";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";
import { CommandError } from "../shared/command.ts";
import { sharedDir } from "../shared/project-paths.ts";
import { type BackboneFigures, describeFigures, type RuntimeCost } from "./backbone-table.ts";
import { type BackboneTime, timeBackbones } from "./backbone-timing.ts";
import { measureMenus } from "./menu-accuracy.ts";
import { type OtherForms, withPlaced } from "./placed-backbones.ts";
import { medianRatio } from "./quantile.ts";
import { measureWasmMemory } from "./wasm-memory.ts";

/** Times are divided by this one's. */
const REFERENCE = "mobilenetv2-1.0-224-fp32-backbone";
const COMPARED = [REFERENCE, "mobilenetv2-0.35-224-teachablemachine-fp32"];

interface BackbonesFlags {
  readonly accuracy: boolean;
  readonly int8?: string;
  readonly views?: boolean;
  readonly json?: boolean;
}

/** The subcommand. Backbones and photos that are not on this machine are left out of the table. */
export function createBackbonesBench(): Command {
  return new Command("backbones")
    .description("compare the project's backbones with MobileNetV2: size, time, memory, accuracy on real photos")
    .option("--no-accuracy", "leave out the photos, which take minutes")
    .option("--int8 <photos>", "each in eight bits as well, by the photos of that folder")
    .option("--views", "each with two views of every photo as well")
    .option("--json", "print one JSON object")
    .action(async (flags: BackbonesFlags) => {
      const figures = await withBackbones((placed) => measure(placed, flags.accuracy), flags);
      console.log(flags.json ? JSON.stringify({ backbones: figures }, null, 2) : describeFigures(figures));
    });
}

async function measure(backbones: readonly PlacedBackbone[], withAccuracy: boolean): Promise<BackboneFigures[]> {
  const times = await timeBackbones(backbones);
  const figures: BackboneFigures[] = [];
  for (const placed of backbones) {
    const { name, bytes, output } = placed.manifest;
    figures.push({
      name,
      bytes,
      dimension: output.dimension,
      ort: costOf(times.ort, name),
      kernels: costOf(times.kernels, name),
      wasmBytes: await measureWasmMemory(placed),
      menus: withAccuracy ? await measureMenus(placed, path.join(sharedDir(process.env), "data/images")) : [],
    });
  }
  return figures;
}

function costOf(times: ReadonlyMap<string, BackboneTime>, name: string): RuntimeCost | null {
  const time = times.get(name);
  const reference = times.get(REFERENCE);
  if (time === undefined) return null;
  return { ms: time.median, ratio: reference === undefined ? null : medianRatio(time.runs, reference.runs) };
}

/** Places each backbone in a folder of its own for the time of `work`; the one in place stays as it is. */
async function withBackbones<T>(
  work: (placed: readonly PlacedBackbone[]) => Promise<T>,
  forms: OtherForms,
): Promise<T> {
  const places = projectPlaces();
  const own = (await listModels(places.modelsDir)).filter((file) => path.basename(file).startsWith("headstart-"));
  const shared = (await listModels(places.sharedBackbonesDir)).filter((file) =>
    COMPARED.includes(path.basename(file, ".onnx")),
  );
  const files = [...own, ...shared];
  if (files.length === 0) throw new CommandError("There is no backbone to measure: models/ has no headstart-*.onnx.");
  return withPlaced(files, work, forms);
}
