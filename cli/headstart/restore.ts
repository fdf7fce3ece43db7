/** `headstart restore`: puts an export back into a deployment, or merges it into a filled one. */
import { type Command, Option } from "commander";
import { createCaller } from "../import/api-client.ts";
import { EXIT } from "../shared/command.ts";
import { requireDeployment } from "../shared/deployment.ts";
import { type RestoreReport, restoreFile } from "../transfer/restore-file.ts";
import { createTransferProgress } from "../transfer/show-progress.ts";
import { type CommonFlags, endWith, print, withDeployment } from "./session.ts";

const LISTED_ROWS = 20;

interface RestoreFlags extends CommonFlags {
  readonly prefer: "ours" | "file";
}

/** Adds the subcommand. */
export function addRestore(program: Command): void {
  withDeployment(program.command("restore"))
    .description("puts an export into an empty deployment, or merges it into a filled one; safe to run again")
    .argument("<file>", "what `headstart export` saved")
    .addOption(
      new Option("--prefer <whose>", "whose word counts where both differ").choices(["ours", "file"]).default("ours"),
    )
    .addHelpText(
      "after",
      "\nExits with 5 when a row was refused or ours was kept.\nExample: headstart restore backup.ndjson",
    )
    .action(restore);
}

async function restore(file: string, flags: RestoreFlags): Promise<void> {
  const call = createCaller({ ...(await requireDeployment(flags)), onRetry: (message) => console.error(message) });
  const report = await restoreFile(file, call, flags.prefer, createTransferProgress(process.stderr.isTTY === true));
  print(flags, report, () => describe(report));
  endWith(report.counts.refused + report.counts.kept === 0 ? EXIT.ok : EXIT.partly);
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
