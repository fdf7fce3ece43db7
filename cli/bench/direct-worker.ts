/**
 * A Worker in workerd without wrangler dev around it: no proxy in front, and none of the Workers that wrangler dev wraps around
 * ours, which read a request's body before ours does and log after it. What is left is what runs in production.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { makeSecret } from "../dev/local-secrets.ts";
import { findFreePort, LOOPBACK } from "../dev/ports.ts";
import { bundleWorker, listModules } from "../dev/worker-bundle.ts";
import { readString, readVariables } from "../shared/wrangler-config.ts";

export interface DirectWorkerOptions {
  /** A wrangler.toml; its entry is bundled as for a deployment. */
  readonly configFile: string;
  /** Where a dev server has kept its data, so that there is a database with all migrations. */
  readonly dataDir: string;
  /** What the Worker finds behind its binding `ASSETS`. */
  readonly assetsDir: string;
}

export interface DirectWorker {
  /** Without a slash at the end. */
  readonly url: string;
  readonly adminToken: string;
  /** Where the isolate answers the inspector protocol; `/json` lists it. */
  readonly inspectorUrl: string;
  stop(): Promise<void>;
}

const WORKER = "headstart";

/** Bundles and starts it; the secrets are made again. Throws `CommandError` when it cannot be built. */
export async function startDirectWorker(options: DirectWorkerOptions): Promise<DirectWorker> {
  const { folder: bundleDir } = await bundleWorker(options.configFile);
  const config = await readFile(options.configFile, "utf8");
  const secrets = { ADMIN_TOKEN: makeSecret(), RECEIPT_SECRET: makeSecret() };
  const inspectorPort = await findFreePort();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: WORKER,
      modules: await listModules(bundleDir),
      modulesRoot: bundleDir,
      compatibilityDate: readString(config, "compatibility_date"),
      bindings: { ...readVariables(config), ...secrets },
      d1Databases: { DB: readString(config, "preview_database_id") },
      resourcePersistencePath: path.join(options.dataDir, "v3"),
      serviceBindings: { ASSETS: { disk: { path: options.assetsDir, writable: false } } },
      unsafeDirectSockets: [{ host: LOOPBACK, port: 0 }],
      handleStructuredLogs: passOnTrouble,
      inspectorPort,
      cf: false,
    }),
  );
  const url = (await miniflare.unsafeGetDirectURL(WORKER)).origin;
  return {
    url,
    adminToken: secrets.ADMIN_TOKEN,
    inspectorUrl: `http://${LOOPBACK}:${inspectorPort}`,
    stop: () => miniflare.dispose(),
  };
}

/** Standard output is the benchmark's own: what `--json` prints must stay one JSON object. */
function passOnTrouble({ level, message }: { level: string; message: string }): void {
  if (level === "warn" || level === "error") process.stderr.write(`${message}\n`);
}
