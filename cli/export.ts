/** `npm run export`: saves a whole deployment in one file. */
import { Command } from "commander";
import { runAsCommand } from "./shared/command.ts";
import { DEFAULT_URL, type DeploymentFlags, findDeployment } from "./shared/deployment.ts";
import { exportToFile } from "./transfer/export-file.ts";
import { createTransferProgress } from "./transfer/show-progress.ts";

interface ExportFlags extends DeploymentFlags {
  readonly json?: boolean;
}

async function saveExport(file: string, flags: ExportFlags): Promise<void> {
  const progress = createTransferProgress(process.stderr.isTTY === true);
  const saved = await exportToFile(await findDeployment(flags), file, progress);
  if (flags.json) return console.log(JSON.stringify({ file, ...saved }, null, 2));
  const counts = Object.entries(saved.counts).map(([kind, count]) => `${count} ${kind}`);
  console.log(`Saved ${file}: ${(saved.bytes / 1e6).toFixed(1)} MB, rows: ${counts.join(", ")}.`);
}

runAsCommand(import.meta.url, async () => {
  await new Command("export")
    .description("Saves items, labelled embeddings, corrections, heads and the audit log in one file, and checks it.")
    .argument("<file>", "where to; replaced only when the new one is whole")
    .option("--url <address>", "the deployment", DEFAULT_URL)
    .option("--token <token>", "its admin token (default: HEADSTART_TOKEN, then .dev.vars)")
    .option("--json", "print what was saved as JSON")
    .addHelpText("after", "\nExample: npm run export -- backup.ndjson --url https://headstart.example.workers.dev")
    .action(saveExport)
    .parseAsync();
  return 0;
});
