/** `headstart import`: teaches a deployment labelled photos: a folder of folders, a CSV, or an export of Label Studio. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { type ApiClient, createApiClient } from "../import/api-client.ts";
import { gatherList } from "../import/gather-list.ts";
import { importFolder, importPhotos } from "../import/import-folder.ts";
import { describeReport, type ImportReport, isComplete } from "../import/import-report.ts";
import { isLabelledList, readLabelledList } from "../import/labelled-list.ts";
import { createProgress } from "../import/show-progress.ts";
import { EXIT } from "../shared/command.ts";
import { requireDeployment } from "../shared/deployment.ts";
import { type CommonFlags, endWith, print, withDeployment } from "./session.ts";

interface ImportFlags extends CommonFlags {
  readonly allowUrls?: boolean;
}

const EXAMPLES = `
Exits with 5 when some photos were refused or not sent, 1 when all were.
Examples:
  headstart import photos/              photos/hawaiian/1.jpg, photos/four_cheese/1.jpg, ...
                                        photos/_none/ or the label _none: what is not on the menu
  headstart import labels.csv --json`;

async function importSource(source: string, flags: ImportFlags): Promise<void> {
  const deployment = await requireDeployment(flags);
  const client = createApiClient({ ...deployment, onRetry: (message) => console.error(message) });
  const progress = createProgress(process.stderr.isTTY === true);
  const report = isLabelledList(source)
    ? await importList(source, flags.allowUrls === true, client, progress)
    : await importFolder(source, client, progress);
  print(flags, report, () => describeReport(report));
  const stored = report.classes.some((item) => item.stored + item.relabelled > 0);
  if (stored && !flags.json) console.log("The next scheduled run learns them; `npx headstart train` does it at once.");
  const isAnyThere = stored || report.classes.some((item) => item.alreadyThere > 0);
  endWith(isComplete(report) ? EXIT.ok : isAnyThere ? EXIT.partly : EXIT.failed);
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

/** Adds the subcommand. */
export function addImport(program: Command): void {
  withDeployment(program.command("import"))
    .description("teaches labelled photos; safe to run again: stored ones are skipped")
    .argument("<source>", "a folder with one subfolder per item, a .csv (path or url, label), or Label Studio's .json")
    .option("--allow-urls", "fetch the photos that a list names by their addresses")
    .addHelpText("after", EXAMPLES)
    .action(importSource);
}
