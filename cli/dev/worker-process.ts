/**
 * The process in which a Worker runs: Miniflare with workerd below it. It is told what to start, reports when it answers, and
 * fires crons. It ends with the command that started it, however that ends: the channel between the two closes.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { ORT_MODULE_FILE } from "../runtime/ort-module.ts";
import { reasonOf } from "../shared/command.ts";
import { hasMigrations, migrate } from "./migrate.ts";
import { DESCRIPTION_FILE, descriptionSchema, listModules } from "./worker-bundle.ts";
import { commandSchema, type Report, type WorkerStart } from "./worker-messages.ts";

const WORKER = "headstart";

let miniflare: Miniflare | undefined;

/** Starts the Worker and resolves with its addresses once the database has all migrations. */
async function start({
  bundleDir,
  assetsDir,
  dataDir,
  host,
  port,
  hasOrt,
  buckets,
  vars,
}: WorkerStart): Promise<Report> {
  const text = await readFile(path.join(bundleDir, DESCRIPTION_FILE), "utf8");
  const { options, database, migrations } = descriptionSchema.parse(JSON.parse(text));
  const { assets, bindings, r2Buckets = {}, ...others } = options;
  const local = Object.fromEntries(buckets.map((binding) => [binding, `local-${binding.toLowerCase()}`]));
  const isWanted = (file: string) => hasOrt || !file.endsWith(path.basename(ORT_MODULE_FILE));
  const modules = (await listModules(bundleDir)).filter((module) => isWanted(module.path));
  const worker = {
    ...others,
    bindings: { ...bindings, ...vars },
    ...(assets === undefined ? {} : { assets: { ...assets, directory: assetsDir } }),
    r2Buckets: { ...local, ...r2Buckets },
    name: WORKER,
    modules,
    modulesRoot: bundleDir,
    unsafeInspectorProxy: true,
  };
  const resourcePersistencePath = path.join(dataDir, "v3");
  const isUpToDate = hasMigrations(dataDir, migrations);
  const log = new Log(LogLevel.WARN);
  miniflare = new Miniflare(
    convertV4MiniflareOptions({ ...worker, resourcePersistencePath, host, port, inspectorPort: 0, cf: false, log }),
  );
  const url = (await miniflare.ready).origin;
  if (!isUpToDate) await migrate(await miniflare.getD1Database(database), migrations);
  const { host: inspectorHost } = await miniflare.getInspectorURL();
  return { kind: "ready", url, inspectorUrl: `http://${inspectorHost}` };
}

async function fireCron(id: number, cron: string): Promise<Report> {
  if (miniflare === undefined) return { kind: "ran", id, reason: "the Worker has not started" };
  const worker = await miniflare.getWorker(WORKER);
  const { outcome } = await worker.scheduled({ cron });
  return outcome === "ok" ? { kind: "ran", id } : { kind: "ran", id, reason: outcome };
}

function report(message: Report): void {
  process.send?.(message);
}

/** Also when the command was killed: neither this process nor workerd may stay behind. */
async function end(): Promise<void> {
  await miniflare?.dispose().catch(() => undefined);
  process.exit();
}

process.on("message", (message) => {
  const command = commandSchema.parse(message);
  if (command.kind === "start") {
    start(command.start).then(report, (cause: unknown) => report({ kind: "failed", reason: reasonOf(cause) }));
  } else {
    const { id, cron } = command;
    fireCron(id, cron).then(report, (cause: unknown) => report({ kind: "ran", id, reason: reasonOf(cause) }));
  }
});
process.on("disconnect", end);
process.on("SIGTERM", end);
