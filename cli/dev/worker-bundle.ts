/**
 * The Worker as workerd runs it: wrangler's own bundle, wrangler's own reading of wrangler.toml, and the migrations. Made once
 * for each state of the sources and kept in `dist/workers`, since making it takes longer than everything else of a start.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { listTree } from "../deploy/list-tree.ts";
import { CommandError } from "../shared/command.ts";
import { MIGRATIONS_DIR, PROJECT_ROOT, WORKER_BUNDLES_DIR } from "../shared/project-paths.ts";
import { nodeTool, runTool, type Tool, wranglerTool } from "../shared/tool.ts";
import { readString } from "../shared/wrangler-config.ts";
import { hashFiles } from "./hash-files.ts";
import { type Built, keepFolder } from "./kept-folder.ts";

/** The description's name in a bundle's folder. */
export const DESCRIPTION_FILE = "miniflare.json";

const DESCRIBE_WORKER = path.join(import.meta.dirname, "describe-worker.ts");
const MODULE_TYPES = { ".js": "ESModule", ".wasm": "CompiledWasm", ".txt": "Text" } as const;

/** A migration as `describe-worker.ts` wrote it: its statements one by one. */
const migrationSchema = z.object({ name: z.string(), statements: z.array(z.string()) });

export const descriptionSchema = z.object({
  /** Of Miniflare, without the script; `vars` of wrangler.toml are in it, secrets are not. */
  options: z.looseObject({
    bindings: z.record(z.string(), z.json()),
    assets: z.looseObject({}).optional(),
    r2Buckets: z.record(z.string(), z.union([z.string(), z.object({ id: z.string() })])).optional(),
  }),
  /** Binding of the only D1 database. */
  database: z.string(),
  migrations: z.array(migrationSchema),
});

export type Migration = z.infer<typeof migrationSchema>;

/** Returns the folder of the bundle for these sources; makes it where there is none. Throws `CommandError` with wrangler's words. */
export async function bundleWorker(configFile: string): Promise<Built> {
  const key = await hashFiles([
    ...[configFile, MIGRATIONS_DIR, path.join(PROJECT_ROOT, "src"), path.join(PROJECT_ROOT, "package-lock.json")],
    ...[path.join(PROJECT_ROOT, "dist/runtime/migrations.txt"), await findMainFolder(configFile), DESCRIBE_WORKER],
  ]);
  return keepFolder(WORKER_BUNDLES_DIR, key, (draft) => makeBundle(configFile, draft));
}

/** A benchmark's Worker is not below `src`. */
async function findMainFolder(configFile: string): Promise<string> {
  const main = readString(await readFile(configFile, "utf8"), "main");
  return path.dirname(path.resolve(path.dirname(configFile), main));
}

async function makeBundle(configFile: string, draft: string): Promise<void> {
  await Promise.all([
    // Some folder of assets must be there; in a fresh clone the one of wrangler.toml is being built at this moment.
    runOrThrow(wranglerTool(), ["deploy", "--dry-run", "--config", configFile, "--outdir", draft, "--assets", draft]),
    runOrThrow(nodeTool(), [DESCRIBE_WORKER, configFile, path.join(draft, DESCRIPTION_FILE)]),
  ]);
}

async function runOrThrow(tool: Tool, args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await runTool(tool, args);
  if (exitCode !== 0) throw new CommandError(`The Worker cannot be built:\n${stdout}${stderr}`);
}

/** The modules of a bundle for Miniflare: the script first, then the wasm and the texts that it imports. */
export async function listModules(bundleDir: string) {
  const files = await listTree(bundleDir);
  return Object.entries(MODULE_TYPES).flatMap(([ending, type]) =>
    files.filter((file) => file.endsWith(ending)).map((file) => ({ type, path: file })),
  );
}
