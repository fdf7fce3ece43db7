/** `npm run import`: teaches a deployment labelled photos: a folder of folders, a CSV, or an export of Label Studio. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { type ApiClient, createApiClient } from "./import/api-client.ts";
import { gatherList } from "./import/gather-list.ts";
import { importFolder, importPhotos } from "./import/import-folder.ts";
import { describeReport, type ImportReport, isComplete } from "./import/import-report.ts";
import { isLabelledList, readLabelledList } from "./import/labelled-list.ts";
import { createProgress } from "./import/show-progress.ts";
import { runAsCommand } from "./shared/command.ts";
import { DEFAULT_URL, type DeploymentFlags, findDeployment } from "./shared/deployment.ts";

interface ImportFlags extends DeploymentFlags {
  readonly allowUrls?: boolean;
  readonly json?: boolean;
}

async function importSource(source: string, flags: ImportFlags): Promise<number> {
  const deployment = await findDeployment(flags);
  const client = createApiClient({ ...deployment, onRetry: (message) => console.error(message) });
  const progress = createProgress(process.stderr.isTTY === true);
  const report = isLabelledList(source)
    ? await importList(source, flags.allowUrls === true, client, progress)
    : await importFolder(source, client, progress);
  console.log(flags.json ? JSON.stringify(report, null, 2) : describeReport(report));
  const stored = report.classes.some((item) => item.stored + item.relabelled > 0);
  if (stored && !flags.json) console.log("The next scheduled run learns them; `Train now` on /admin does it at once.");
  return isComplete(report) ? 0 : 1;
}

async function importList(
  file: string,
  allowUrls: boolean,
  client: ApiClient,
  progress: ReturnType<typeof createProgress>,
): Promise<ImportReport> {
  const root = path.dirname(path.resolve(file));
  const list = await readLabelledList(file);
  const downloads = allowUrls ? await mkdtemp(path.join(tmpdir(), "headstart-import-")) : null;
  try {
    return await importPhotos(root, await gatherList(list, { root, downloads }), client, progress);
  } finally {
    if (downloads !== null) await rm(downloads, { recursive: true, force: true });
  }
}

runAsCommand(import.meta.url, async () => {
  let exitCode = 0;
  await new Command("import")
    .description("Sends labelled photos. Safe to run again: stored photos are skipped.")
    .argument("<source>", "a folder with one subfolder per item, a .csv (path or url, label), or Label Studio's .json")
    .option("--allow-urls", "fetch the photos that a list names by their addresses")
    .option("--url <address>", "the deployment", DEFAULT_URL)
    .option("--token <token>", "its admin token (default: HEADSTART_TOKEN, then .dev.vars)")
    .option("--json", "print the report as JSON")
    .action(async (source: string, flags: ImportFlags) => {
      exitCode = await importSource(source, flags);
    })
    .parseAsync();
  return exitCode;
});
