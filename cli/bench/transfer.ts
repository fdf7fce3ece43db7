/** `npm run bench -- transfer`: restore and export of a whole deployment through the Worker in workerd. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { ensureBackbone } from "../backbone/ensure-backbone.ts";
import { buildAssets } from "../build.ts";
import { startDevServer } from "../dev-server.ts";
import { createCaller } from "../import/api-client.ts";
import { CommandError } from "../shared/command.ts";
import { WRANGLER_CONFIG } from "../shared/project-paths.ts";
import { exportToFile } from "../transfer/export-file.ts";
import { restoreFile } from "../transfer/restore-file.ts";
import { type DirectWorker, startDirectWorker } from "./direct-worker.ts";
import { connectInspector } from "./inspector.ts";
import { totalOf, watchIsolate } from "./isolate-memory.ts";
import { watchMemory } from "./process-memory.ts";
import { largestByQuarter } from "./quantile.ts";
import { writeExportFile } from "./transfer-file.ts";

interface TransferBenchFlags {
  readonly n: number;
  readonly d: number;
  readonly json?: boolean;
}

const SILENT = { start() {}, advance() {}, stop() {} };

export function createTransferBench(): Command {
  return new Command("transfer")
    .description("restore and export a made-up deployment through the Worker")
    .option("--n <rows>", "labelled examples", Number, 100_000)
    .option("--d <length>", "embedding length", Number, 1280)
    .option("--json", "print one JSON object")
    .action(runTransferBench);
}

async function runTransferBench({ n, d, json }: TransferBenchFlags): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
  try {
    const report = { n, d, ...(await measure(folder, n, d)) };
    if (json) console.log(JSON.stringify(report));
    else console.table(report);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, n: number, d: number) {
  const backbone = await placeBackbone(folder, d);
  const [made, saved] = [path.join(folder, "made.ndjson"), path.join(folder, "saved.ndjson")];
  await writeExportFile(made, backbone, n);
  const restored = await onWorker(folder, (server) =>
    restoreFile(made, createCaller(server), { mode: "restore", prefer: "ours" }, SILENT),
  );
  const exported = await onWorker(folder, (server) => exportToFile(server, saved, SILENT));
  if (!(await readFile(made)).equals(await readFile(saved))) {
    throw new CommandError("The export is not byte for byte what was restored.");
  }
  return {
    megabytes: exported.value.bytes / 1e6,
    idleMib: restored.idleMib,
    restoreSeconds: restored.seconds,
    restoreIsolateMb: restored.isolateMb.join(" "),
    restoreProcessMib: restored.quartersMib.join(" "),
    exportSeconds: exported.seconds,
    exportIsolateMb: exported.isolateMb.join(" "),
    exportProcessMib: exported.quartersMib.join(" "),
  };
}

/** Does `work` against a Worker of its own, so that its memory holds nothing from earlier work. */
async function onWorker<T>(folder: string, work: (server: { url: string; key: string }) => Promise<T>) {
  const worker = await startWorker(folder);
  const inspector = await connectInspector(worker.inspectorUrl);
  try {
    const { peakMib: idleMib } = watchMemory("workerd").stop();
    const memory = watchMemory("workerd");
    const startedAt = performance.now();
    const { value, samples } = await watchIsolate(inspector, () => work({ url: worker.url, key: worker.adminToken }));
    const seconds = (performance.now() - startedAt) / 1_000;
    const isolateMb = largestByQuarter(samples.map((sample) => totalOf(sample) / 1e6));
    return { value, idleMib, seconds, isolateMb, ...memory.stop() };
  } finally {
    inspector.close(); // left open, it would keep a failed run waiting for ever
    await worker.stop();
  }
}

async function startWorker(folder: string): Promise<DirectWorker> {
  const [dataDir, assetsDir] = [path.join(folder, "state"), path.join(folder, "assets")];
  const migrator = await startDevServer({ dataDir, backboneDir: folder, quiet: true });
  await migrator.stop();
  await buildAssets({ outDir: assetsDir, backboneDir: folder });
  return await startDirectWorker({ configFile: WRANGLER_CONFIG, dataDir, assetsDir });
}

/** The backbone in place, with another length of its embeddings: this benchmark embeds no photo. */
async function placeBackbone(folder: string, dimension: number) {
  const { file, manifest } = await ensureBackbone();
  await copyFile(file, path.join(folder, "backbone.onnx"));
  const changed = { ...manifest, output: { ...manifest.output, dimension } };
  await writeFile(path.join(folder, "manifest.json"), JSON.stringify(changed));
  return { backboneId: manifest.id, dimension };
}
