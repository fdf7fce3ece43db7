/**
 * A Worker in workerd without wrangler dev around it: no proxy in front, and none of the Workers that wrangler dev wraps around
 * ours, which read a request's body before ours does and log after it. What is left is what runs in production.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { listTree } from "../deploy/list-tree.ts";
import { makeSecret } from "../dev/local-secrets.ts";
import { findFreePort, LOOPBACK } from "../dev/ports.ts";
import { CommandError } from "../shared/command.ts";
import { runTool, wranglerTool } from "../shared/tool.ts";
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

/** Bundles and starts it; the secrets are made anew. Throws `CommandError` when it cannot be built. */
export async function startDirectWorker(options: DirectWorkerOptions): Promise<DirectWorker> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-direct-"));
  try {
    const modules = await bundle(options.configFile, folder);
    const config = await readFile(options.configFile, "utf8");
    const secrets = { ADMIN_TOKEN: makeSecret(), RECEIPT_SECRET: makeSecret() };
    const inspectorPort = await findFreePort();
    const miniflare = new Miniflare(
      convertV4MiniflareOptions({
        name: WORKER,
        modules,
        modulesRoot: folder,
        compatibilityDate: readString(config, "compatibility_date"),
        bindings: { ...readVariables(config), ...secrets },
        d1Databases: { DB: readString(config, "preview_database_id") },
        resourcePersistencePath: path.join(options.dataDir, "v3"),
        serviceBindings: { ASSETS: { disk: { path: options.assetsDir, writable: false } } },
        unsafeDirectSockets: [{ host: LOOPBACK, port: 0 }],
        handleStructuredLogs: passOnTrouble,
        ...{ inspectorPort, cf: false },
      }),
    );
    const url = (await miniflare.unsafeGetDirectURL(WORKER)).origin;
    async function stop(): Promise<void> {
      await miniflare.dispose();
      await rm(folder, { recursive: true, force: true });
    }
    return { url, adminToken: secrets.ADMIN_TOKEN, inspectorUrl: `http://${LOOPBACK}:${inspectorPort}`, stop };
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw cause;
  }
}

/** Standard output is the benchmark's own: what `--json` prints must stay one JSON object. */
function passOnTrouble({ level, message }: { level: string; message: string }): void {
  if (level === "warn" || level === "error") process.stderr.write(`${message}\n`);
}

/** What `wrangler deploy` would upload: the script first, then the wasm and the texts that it imports. */
async function bundle(configFile: string, outDir: string) {
  const args = ["deploy", "--dry-run", "--config", configFile, "--outdir", outDir];
  const { exitCode, stdout, stderr } = await runTool(wranglerTool(), args);
  if (exitCode !== 0) throw new CommandError(`The Worker cannot be built:\n${stdout}${stderr}`);
  const files = await listTree(outDir);
  const script = files.filter((file) => file.endsWith(".js"));
  const wasm = files.filter((file) => file.endsWith(".wasm"));
  const texts = files.filter((file) => file.endsWith(".txt"));
  return [
    ...script.map((file) => ({ type: "ESModule" as const, path: file })),
    ...wasm.map((file) => ({ type: "CompiledWasm" as const, path: file })),
    ...texts.map((file) => ({ type: "Text" as const, path: file })),
  ];
}
