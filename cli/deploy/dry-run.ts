/** Shows a whole deployment without an account: every step in words, and the size of what would be uploaded. */
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { runTool } from "../shared/tool.ts";
import { parseWranglerConfig } from "../shared/wrangler-config.ts";
import { toolFailure } from "./account.ts";
import { describeStep, planFirstDeploy, refuseStrayBuckets } from "./deploy-plan.ts";
import { listTree } from "./list-tree.ts";
import { type DeployContext, environmentFlag, findChanges } from "./run-deploy.ts";

export interface DryRunContext extends Omit<DeployContext, "accountId" | "healthTimeoutMs"> {
  readonly assetsDir: string;
}

/** Builds for real, into a temporary folder where it concerns the Worker; needs no account and no network. */
export async function dryRunDeploy(context: DryRunContext): Promise<void> {
  const { tool, projectDir, buildAssets, assetsDir, say, environment } = context;
  const toml = await readFile(path.join(projectDir, "wrangler.toml"), "utf8");
  const config = parseWranglerConfig(toml, environment);
  const { buckets, keepPictures } = findChanges(toml, config.name, context);
  refuseStrayBuckets(buckets, context.jurisdiction);
  say("A deployment does this (what exists already is kept, so it is safe to repeat):");
  say("      Check the login (wrangler whoami), list the account's databases and the Worker's secrets");
  say(`      Where the database exists: ${describeStep({ kind: "check-backbone", name: config.databaseName })}`);
  const steps = planFirstDeploy(config.name, config.databaseName, context.jurisdiction, buckets, keepPictures);
  for (const [i, step] of steps.entries()) say(`[${i + 1}/${steps.length}] ${describeStep(step)}`);
  say("\nDry run: nothing is sent. Building what would be uploaded ...");
  await buildAssets();
  const outDir = await mkdtemp(path.join(tmpdir(), "headstart-dry-run-"));
  try {
    const result = await runTool(tool, ["deploy", "--dry-run", "--outdir", outDir, ...environmentFlag(context)], {
      cwd: projectDir,
    });
    if (result.exitCode !== 0) throw toolFailure("The Worker cannot be built", result);
    const worker = (await listTree(outDir)).filter((file) => !/\.map$|README\.md$/.test(file));
    say(`Worker: ${await describeSize(worker)} (scripts and wasm; limit 64 MiB before compression)`);
    say(`Assets: ${await describeSize(await listTree(assetsDir))} (pages and backbone; limit 25 MiB per file)`);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

async function describeSize(files: readonly string[]): Promise<string> {
  let bytes = 0;
  let zipped = 0;
  for (const file of files) {
    bytes += (await stat(file)).size;
    zipped += gzipSync(await readFile(file)).length;
  }
  const megabytes = (size: number) => (size / 1e6).toFixed(2);
  return `${megabytes(bytes)} MB, ${megabytes(zipped)} MB compressed, ${files.length} files`;
}
