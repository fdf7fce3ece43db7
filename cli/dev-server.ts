/**
 * The Worker on this machine: assets built, migrations applied, wrangler dev as a child, crons fired. Used by
 * `npm start`, by the tests and by the benchmarks; no account and no network are needed.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureBackbone } from "./backbone/ensure-backbone.ts";
import { buildAssets } from "./build.ts";
import { type ChildGroup, startChildGroup } from "./dev/child-group.ts";
import { ensureLocalSecrets, formatDotenv, makeSecret } from "./dev/local-secrets.ts";
import { findFreePort, isPortFree, LOOPBACK } from "./dev/ports.ts";
import { PortLostError, waitUntilReady } from "./dev/wait-until-ready.ts";
import { CommandError } from "./shared/command.ts";
import { ASSETS_DIR, DEV_VARS_FILE, LOCAL_STATE_DIR, PROJECT_ROOT, WRANGLER_CONFIG } from "./shared/project-paths.ts";
import { replaceFile } from "./shared/replace.ts";
import { runTool, toolEnvironment, wranglerTool } from "./shared/tool.ts";
import { parseWranglerConfig } from "./shared/wrangler-config.ts";

const SECONDS_PER_DAY = 86_400;
const MAX_STARTS = 3;

export interface DevServerOptions {
  /** Where D1 keeps its data. Given: a server of its own, with its own secrets and assets. Default: the checkout's. */
  readonly dataDir?: string;
  /** A folder with `backbone.onnx` and `manifest.json`. Default: the backbone in place. */
  readonly backboneDir?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Do not print wrangler's lines. */
  readonly quiet?: boolean;
  /** Receives wrangler's lines, the Worker's log among them, printed or not. */
  readonly onLine?: (line: string) => void;
  /** Variables and secrets that replace those of wrangler.toml and .dev.vars. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Train this often, and do the nightly job once a day. Default: only by `runCron`. */
  readonly cronEverySeconds?: number;
  /** Another wrangler.toml, with another Worker. */
  readonly configFile?: string;
  /** The data in `dataDir` has all migrations: saves the seconds in which wrangler would find that out. */
  readonly isMigrated?: boolean;
}

export interface DevServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly adminToken: string;
  /** Where the Worker's isolate answers the inspector protocol; `/json` lists it. */
  readonly inspectorUrl: string;
  /** Fires the first cron of wrangler.toml, which trains, and waits for the handler. Throws when it fails. */
  runCron(): Promise<void>;
  /** The same for the others: what is done once a night. */
  runNightly(): Promise<void>;
  /** Ends exactly the processes that were started, and removes temporary files. The data stays. */
  stop(): Promise<void>;
  /** Kills wrangler and workerd where they stand, as a power cut would; for tests of what the data are then. */
  kill(): Promise<void>;
}

/**
 * Starts the Worker and resolves when it answers; a start that lost a port to another program is tried again. Throws
 * `CommandError` with the reason; nothing is left running then.
 */
export async function startDevServer(options: DevServerOptions = {}): Promise<DevServer> {
  return retryLostPorts(() => startOnce(options));
}

/** Up to three starts, as long as it is for a port that they fail. */
export async function retryLostPorts<T>(start: () => Promise<T>): Promise<T> {
  for (let left = MAX_STARTS - 1; ; left--) {
    try {
      return await start();
    } catch (cause) {
      if (!(cause instanceof PortLostError) || left === 0) throw cause;
    }
  }
}

async function startOnce(options: DevServerOptions): Promise<DevServer> {
  const port = options.port ?? (await findFreePort());
  if (!(await isPortFree(port))) {
    throw new CommandError(
      `Port ${port} is taken by another program. End it, or choose another with PORT=${port + 1}.`,
    );
  }
  const workDir = await mkdtemp(path.join(tmpdir(), "headstart-"));
  let child: ChildGroup | undefined;
  async function end(how: "stop" | "kill"): Promise<void> {
    await child?.[how]();
    await rm(workDir, { recursive: true, force: true });
  }
  try {
    const { adminToken, inspectorPort, args, cwd, env, crons } = await prepare(options, workDir, port);
    const onLine = (line: string) => {
      if (!options.quiet) console.log(line);
      options.onLine?.(line);
    };
    child = startChildGroup(wranglerTool(), args, { cwd, env, onLine });
    const url = `http://${LOOPBACK}:${port}`;
    await waitUntilReady(`${url}/v1/health`, child);
    const runCron = () => fireCrons(url, crons.slice(0, 1));
    const runNightly = () => fireCrons(url, crons.slice(1));
    const seconds = options.cronEverySeconds;
    const timers =
      seconds === undefined ? [] : [startCronTimer(runCron, seconds), startCronTimer(runNightly, SECONDS_PER_DAY)];
    const endAll = (how: "stop" | "kill") => {
      timers.forEach(clearInterval);
      return end(how);
    };
    const inspectorUrl = `http://${LOOPBACK}:${inspectorPort}`;
    const ends = { stop: () => endAll("stop"), kill: () => endAll("kill") };
    return { url, adminToken, inspectorUrl, runCron, runNightly, ...ends };
  } catch (cause) {
    await end("stop");
    throw cause;
  }
}

async function prepare(options: DevServerOptions, workDir: string, port: number) {
  const isOwn = options.dataDir !== undefined || options.backboneDir !== undefined;
  const dataDir = options.dataDir ?? (isOwn ? path.join(workDir, "state") : LOCAL_STATE_DIR);
  const configFile = options.configFile ?? WRANGLER_CONFIG;
  const config = parseWranglerConfig(await readFile(configFile, "utf8"));
  const assetsDir = isOwn ? path.join(workDir, "assets") : ASSETS_DIR;
  const backboneDir = options.backboneDir ?? path.dirname((await ensureBackbone()).file);
  await buildAssets({ outDir: assetsDir, backboneDir });
  if (!options.isMigrated) await applyMigrations(configFile, dataDir);
  const stored = isOwn
    ? { ADMIN_TOKEN: makeSecret(), RECEIPT_SECRET: makeSecret() }
    : await ensureLocalSecrets(DEV_VARS_FILE);
  const { ADMIN_TOKEN, RECEIPT_SECRET, ...vars } = { ...stored, ...options.vars };
  const secretsFile = path.join(workDir, "secrets.env"); // a file, because arguments are visible to other users
  await replaceFile(secretsFile, formatDotenv(Object.entries({ ADMIN_TOKEN, RECEIPT_SECRET })), 0o600);
  const { ADMIN_TOKEN: _token, RECEIPT_SECRET: _secret, ...env } = toolEnvironment(); // they would win over the file
  const inspectorPort = await findFreePort();
  const args = [
    ...["dev", "--config", configFile, "--ip", LOOPBACK, "--port", String(port)],
    ...["--inspector-port", String(inspectorPort), "--persist-to", dataDir, "--assets", assetsDir],
    ...["--env-file", secretsFile, "--show-interactive-dev-session=false", "--live-reload=false"],
    ...Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
  ];
  return { adminToken: ADMIN_TOKEN, inspectorPort, args, cwd: PROJECT_ROOT, env, crons: config.crons };
}

async function applyMigrations(configFile: string, dataDir: string): Promise<void> {
  const args = ["d1", "migrations", "apply", "DB", "--local", "--config", configFile, "--persist-to", dataDir];
  const { exitCode, stdout, stderr } = await runTool(wranglerTool(), args);
  if (exitCode !== 0) throw new CommandError(`The local database could not be migrated:\n${stdout}${stderr}`);
}

async function fireCrons(url: string, crons: readonly string[]): Promise<void> {
  for (const cron of crons) {
    const response = await fetch(`${url}/cdn-cgi/handler/scheduled?format=json&cron=${encodeURIComponent(cron)}`);
    const text = await response.text();
    if (!response.ok) throw new CommandError(`The cron ${cron} failed: ${response.status} ${text}`);
  }
}

/** Runs never overlap: a slow one makes the next tick do nothing. */
function startCronTimer(runCron: () => Promise<void>, everySeconds: number): NodeJS.Timeout {
  let isRunning = false;
  return setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    runCron()
      .catch((cause: unknown) => console.error(String(cause)))
      .finally(() => {
        isRunning = false;
      });
  }, everySeconds * 1_000);
}
