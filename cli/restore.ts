/** `npm run restore`: puts an export back into a deployment, or merges it into a filled one. */
import { Command, Option } from "commander";
import { createCaller } from "./import/api-client.ts";
import { runAsCommand } from "./shared/command.ts";
import { DEFAULT_URL, type DeploymentFlags, findDeployment } from "./shared/deployment.ts";
import { type RestoreReport, restoreFile } from "./transfer/restore-file.ts";
import { createTransferProgress } from "./transfer/show-progress.ts";

const LISTED_ROWS = 20;

interface RestoreFlags extends DeploymentFlags {
  readonly prefer: "ours" | "file";
  readonly json?: boolean;
}

async function restore(file: string, flags: RestoreFlags): Promise<number> {
  const call = createCaller({ ...(await findDeployment(flags)), onRetry: (message) => console.error(message) });
  const report = await restoreFile(file, call, flags.prefer, createTransferProgress(process.stderr.isTTY === true));
  console.log(flags.json ? JSON.stringify(report, null, 2) : describe(report));
  return report.counts.refused + report.counts.kept === 0 ? 0 : 1;
}

function describe({ mode, counts, rows, seconds }: RestoreReport): string {
  const listed = rows
    .slice(0, LISTED_ROWS)
    .map(({ line, kind, outcome, reason }) => `  line ${line}: ${kind} ${outcome}: ${reason}`);
  const more = rows.length > LISTED_ROWS ? ["  ... (--json lists more)"] : [];
  const total =
    `${mode === "restore" ? "Restored" : "Merged"}: ${counts.stored} rows stored, ${counts.present} already there, ` +
    `${counts.replaced} replaced, ${counts.kept} kept as they were here, ${counts.leftOut} not merged, ` +
    `${counts.refused} refused, in ${seconds.toFixed(1)} s.`;
  const next =
    mode === "restore"
      ? "The restored head answers at once; the next runs rebuild the statistics."
      : "The next run learns what is new.";
  return [...listed, ...more, total, next].join("\n");
}

runAsCommand(import.meta.url, async () => {
  let exitCode = 0;
  await new Command("restore")
    .description("Puts an export into an empty deployment, or merges it into a filled one. Safe to run again.")
    .argument("<file>", "an export, as `npm run export` saves it")
    .addOption(
      new Option("--prefer <whose>", "whose word counts where both differ").choices(["ours", "file"]).default("ours"),
    )
    .option("--url <address>", "the deployment", DEFAULT_URL)
    .option("--token <token>", "its admin token (default: HEADSTART_TOKEN, then .dev.vars)")
    .option("--json", "print the report as JSON")
    .addHelpText(
      "after",
      "\nExits with 1 when a row was refused or ours was kept.\nExample: npm run restore -- backup.ndjson --prefer file",
    )
    .action(async (file: string, flags: RestoreFlags) => {
      exitCode = await restore(file, flags);
    })
    .parseAsync();
  return exitCode;
});
