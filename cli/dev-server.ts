/**
 * The Worker on this machine: assets and bundle built where they are out of date, migrations applied, workerd below a child,
 * crons fired. Used by `npm start`, by the tests and by the benchmarks; no account and no network are needed.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BucketName } from "../src/shared/closed-lists.ts";
import { ensureBackbone } from "./backbone/ensure-backbone.ts";
import { buildAssets, buildImportedFiles, ensureAssets } from "./build.ts";
import type { Built } from "./dev/kept-folder.ts";
import { ensureLocalSecrets, makeSecret } from "./dev/local-secrets.ts";
import { isPortFree, LOOPBACK } from "./dev/ports.ts";
import { type RunningWorker, runWorker } from "./dev/run-worker.ts";
import { bundleWorker } from "./dev/worker-bundle.ts";
import { ORT_MODULE_FILE } from "./runtime/ort-module.ts";
import { CommandError } from "./shared/command.ts";
import { ASSETS_DIR, DEV_VARS_FILE, LOCAL_STATE_DIR, WRANGLER_CONFIG } from "./shared/project-paths.ts";
import { parseWranglerConfig } from "./shared/wrangler-config.ts";

const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_HOUR = 3_600;
/** Whoever starts it for half an hour a day gets a backup too. */
const FIRST_BACKUP_SECONDS = 60;

export interface DevServerOptions {
  /** Where D1 keeps its data. Given: a server of its own, with its own secrets and assets. Default: the checkout's. */
  readonly dataDir?: string;
  /** A folder with `backbone.onnx` and `manifest.json`. Default: the backbone in place. */
  readonly backboneDir?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Do not print the Worker's lines. */
  readonly quiet?: boolean;
  /** Receives the Worker's lines, its log, printed or not. */
  readonly onLine?: (line: string) => void;
  /** Where the secrets of a server of its own are kept. Default: nowhere, they are new with every start. */
  readonly secretsFile?: string;
  /** Is told what a start does, when it has done it. */
  readonly onStep?: (step: string) => void;
  /** Variables that replace those of wrangler.toml, unless .dev.vars says differently. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Variables and secrets that replace those of wrangler.toml and .dev.vars. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Bindings of buckets that are kept beside the database. Default: those of wrangler.toml alone, which has none. */
  readonly buckets?: readonly BucketName[];
  /** Train this often, do the nightly job once a day, and look once an hour whether a backup is due. Default: only by `runCron` and the like. */
  readonly cronEverySeconds?: number;
  /** Another wrangler.toml, with another Worker. */
  readonly configFile?: string;
}

export interface DevServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly adminToken: string;
  /** Where the Worker's isolate answers the inspector protocol; `/json` lists it. */
  readonly inspectorUrl: string;
  /** Fires the first cron of wrangler.toml, which trains, and waits for the handler. Throws when it fails. */
  runCron(): Promise<void>;
  /** The same for the second: what is done once a night. */
  runNightly(): Promise<void>;
  /** The same for the third: makes a backup where there is a bucket and one is due. */
  runBackup(): Promise<void>;
  /** Ends exactly the processes that were started, and removes temporary files. The data stays. */
  stop(): Promise<void>;
  /** Kills workerd where it stands, as a power cut would; for tests of what the data are then. */
  kill(): Promise<void>;
}

/**
 * Starts the Worker and resolves when it answers. Throws `CommandError` with the reason; nothing is left running then.
 */
export async function startDevServer(options: DevServerOptions = {}): Promise<DevServer> {
  const port = options.port ?? 0;
  if (port !== 0 && !(await isPortFree(port))) {
    throw new CommandError(
      `Port ${port} is taken by another program. End it, or choose another with PORT=${port + 1}.`,
    );
  }
  const workDir = await mkdtemp(path.join(tmpdir(), "headstart-"));
  try {
    const { secrets, crons, ...start } = await prepare(options, workDir);
    const onLine = (line: string) => {
      if (!options.quiet) console.log(line);
      options.onLine?.(line);
    };
    const buckets = [...(options.buckets ?? [])];
    const vars = { ...options.defaults, ...secrets, ...options.vars };
    const startedAt = performance.now();
    const worker = await runWorker({ ...start, host: LOOPBACK, port, buckets, vars }, onLine);
    options.onStep?.(`The Worker answers, its database is up to date (${secondsSince(startedAt)}).`);
    const runCron = () => fireCrons(worker, crons.slice(0, 1));
    const runNightly = () => fireCrons(worker, crons.slice(1, 2));
    const runBackup = () => fireCrons(worker, crons.slice(2));
    const seconds = options.cronEverySeconds;
    const timers =
      seconds === undefined
        ? []
        : [
            startCronTimer(runCron, seconds),
            startCronTimer(runNightly, SECONDS_PER_DAY),
            startCronTimer(runBackup, SECONDS_PER_HOUR, FIRST_BACKUP_SECONDS),
          ];
    const end = async (how: "stop" | "kill") => {
      for (const stopTimer of timers) stopTimer();
      await worker[how]();
      await rm(workDir, { recursive: true, force: true });
    };
    const ends = { stop: () => end("stop"), kill: () => end("kill") };
    return {
      url: worker.url,
      adminToken: vars.ADMIN_TOKEN,
      inspectorUrl: worker.inspectorUrl,
      runCron,
      runNightly,
      runBackup,
      ...ends,
    };
  } catch (cause) {
    await rm(workDir, { recursive: true, force: true });
    throw cause;
  }
}

/** Everything that a start needs and that is not there yet. */
async function prepare(options: DevServerOptions, workDir: string) {
  const { backboneDir, configFile = WRANGLER_CONFIG, onStep = () => {} } = options;
  const isOwn = options.dataDir !== undefined || backboneDir !== undefined;
  const dataDir = options.dataDir ?? (isOwn ? path.join(workDir, "state") : LOCAL_STATE_DIR);
  const { crons } = parseWranglerConfig(await readFile(configFile, "utf8"));
  await buildImportedFiles();
  const startedAt = performance.now();
  const [assets, bundle] = await Promise.all([
    placeAssets(backboneDir, workDir).then((assets) => {
      onStep(assets.isNew ? `Built the pages (${secondsSince(startedAt)}).` : "The pages are up to date.");
      return assets;
    }),
    bundleWorker(configFile).then((bundle) => {
      onStep(bundle.isNew ? `Bundled the Worker (${secondsSince(startedAt)}).` : "The Worker is up to date.");
      return bundle;
    }),
  ]);
  const secretsFile = isOwn ? options.secretsFile : DEV_VARS_FILE;
  const secrets =
    secretsFile === undefined
      ? { ADMIN_TOKEN: makeSecret(), RECEIPT_SECRET: makeSecret() }
      : await ensureLocalSecrets(secretsFile);
  const assetsDir = assets.folder;
  const hasOrt = existsSync(path.join(assetsDir, "assets", path.basename(ORT_MODULE_FILE)));
  return { dataDir, assetsDir, bundleDir: bundle.folder, secrets, crons, hasOrt };
}

/** The checkout's assets, or some of its own for another backbone. */
async function placeAssets(backboneDir: string | undefined, workDir: string): Promise<Built> {
  if (backboneDir === undefined) {
    await ensureBackbone();
    return { folder: ASSETS_DIR, isNew: await ensureAssets() };
  }
  const outDir = path.join(workDir, "assets");
  await buildAssets({ outDir, backboneDir });
  return { folder: outDir, isNew: true };
}

function secondsSince(start: number): string {
  return `${((performance.now() - start) / 1_000).toFixed(1)} s`;
}

async function fireCrons(worker: RunningWorker, crons: readonly string[]): Promise<void> {
  for (const cron of crons) await worker.fireCron(cron);
}

/** Runs never overlap: a slow one makes the next tick do nothing. Returns what ends it. */
function startCronTimer(run: () => Promise<void>, everySeconds: number, firstSeconds = everySeconds): () => void {
  let isRunning = false;
  const tick = () => {
    if (isRunning) return;
    isRunning = true;
    run()
      .catch((cause: unknown) => console.error(String(cause)))
      .finally(() => {
        isRunning = false;
      });
  };
  const first = setTimeout(tick, firstSeconds * 1_000);
  const later = setInterval(tick, everySeconds * 1_000);
  return () => {
    clearTimeout(first);
    clearInterval(later);
  };
}
