/** `headstart export`: saves a whole deployment in one file. */
import type { Command } from "commander";
import { requireDeployment } from "../shared/deployment.ts";
import { exportToFile } from "../transfer/export-file.ts";
import { createTransferProgress } from "../transfer/show-progress.ts";
import { type CommonFlags, print, withDeployment } from "./session.ts";

/** Adds the subcommand. */
export function addExport(program: Command): void {
  withDeployment(program.command("export"))
    .description("saves items, labelled embeddings, corrections, heads and the audit log in one file, and checks it")
    .argument("<file>", "where to; replaced only when the new one is whole")
    .addHelpText("after", "\nExample: headstart export backup.ndjson --on pizzeria")
    .action(saveExport);
}

async function saveExport(file: string, flags: CommonFlags): Promise<void> {
  const progress = createTransferProgress(process.stderr.isTTY === true);
  const saved = await exportToFile(await requireDeployment(flags), file, progress);
  const counts = Object.entries(saved.counts).map(([kind, count]) => `${count} ${kind}`);
  const megabytes = (saved.bytes / 1e6).toFixed(1);
  print(flags, { file, ...saved }, () => `Saved ${file}: ${megabytes} MB, rows: ${counts.join(", ")}.`);
}
