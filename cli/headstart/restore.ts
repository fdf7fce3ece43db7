/** `headstart restore`: puts an export back into a deployment, or merges it into a filled one. */
import { type Command, Option } from "commander";
import { z } from "zod";
import type { transferOperations } from "../../src/operations/transfer.ts";
import { photoRack, textRack } from "../backbone/backbone-rack.ts";
import { type Call, createApiClient, createCaller } from "../import/api-client.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import { type Deployment, requireDeployment } from "../shared/deployment.ts";
import { type Deployed, explainBackbone } from "../transfer/explain-backbone.ts";
import { withBackup } from "../transfer/open-backup.ts";
import { previewMerge, type RestoreReport, type Returning, restoreFile } from "../transfer/restore-file.ts";
import { createTransferProgress } from "../transfer/show-progress.ts";
import { answerOf } from "./answer-of.ts";
import { overviewSchema } from "./answers.ts";
import { type CommonFlags, confirm, endWith, print, withDeployment } from "./session.ts";

const LISTED_ROWS = 20;

interface RestoreFlags extends CommonFlags {
  readonly prefer: "ours" | "file";
  /** A name; true for the newest. */
  readonly fromBackup?: string | true;
  readonly merge?: boolean;
  readonly abort?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const abortedSchema = answerOf<typeof transferOperations.abortRestore>()(z.object({ file: z.string() }));

/** Adds the subcommand. */
export function addRestore(program: Command): void {
  withDeployment(program.command("restore"))
    .description("puts an export into an empty deployment, or with --merge adds it to a filled one; safe to run again")
    .argument("[file]", "what `headstart export` saved")
    .option("--from-backup [name]", "instead of a file, a backup in the deployment's bucket (default: the newest)")
    .option("--merge", "add the file to what the deployment holds")
    .option("--dry-run", "with --merge: say what it would bring back that was forgotten, and store nothing")
    .option("-y, --yes", "with --merge: bring it back without asking")
    .option("--abort", "give up a restore under way, whoever started it; what has arrived stays")
    .addOption(
      new Option("--prefer <whose>", "whose word counts where both differ").choices(["ours", "file"]).default("ours"),
    )
    .addHelpText(
      "after",
      "\nExits with 5 when a row was refused or ours was kept.\nExamples:\n  headstart restore backup.ndjson\n  headstart restore --from-backup            the newest of `headstart backups list`",
    )
    .action(restore);
}

async function restore(file: string | undefined, flags: RestoreFlags): Promise<void> {
  const sources = [file !== undefined, flags.fromBackup !== undefined, flags.abort === true];
  if (sources.filter(Boolean).length !== 1)
    throw new CommandError("Name a file to restore, or give --from-backup or --abort alone.", EXIT.usage);
  if (flags.fromBackup === undefined) return restoreOrAbort(file, flags);
  const name = flags.fromBackup === true ? undefined : flags.fromBackup;
  await withBackup(await requireDeployment(flags), name, (saved) => restoreOrAbort(saved, flags));
}

async function restoreOrAbort(file: string | undefined, flags: RestoreFlags): Promise<void> {
  const deployment = await requireDeployment(flags);
  const call = createCaller({ ...deployment, onRetry: (message) => console.error(message) });
  if (file === undefined) {
    const aborted = await call(abortedSchema, "/v1/admin/import", { method: "DELETE" });
    return print(
      flags,
      aborted,
      () => `Gave up the restore of ${aborted.file.slice(0, 12)}. What has arrived stays; training goes on.`,
    );
  }
  await explainBackbone(
    file,
    () => findDeployed(deployment, call),
    () => putBack(file, call, flags),
  );
}

async function findDeployed(deployment: Deployment, call: Call): Promise<Deployed> {
  const { backbone } = await call(overviewSchema, "/v1/admin/overview");
  const { kind } = await createApiClient(deployment).whatItReads();
  return { backboneId: backbone.id, rack: kind === "texts" ? textRack() : photoRack() };
}

async function putBack(file: string, call: Call, flags: RestoreFlags): Promise<void> {
  const wish = { prefer: flags.prefer, mode: flags.merge === true ? "merge" : "restore" } as const;
  if (wish.mode === "merge") {
    const returning = await previewMerge(file, call, wish.prefer);
    if (flags.dryRun === true)
      return print(flags, { returning }, () => `${describeReturning(returning)} Nothing was stored.`);
    await confirmReturning(returning, flags.yes);
  } else if (flags.dryRun === true) {
    throw new CommandError("Give --dry-run with --merge: a restore takes an empty deployment.", EXIT.usage);
  }
  const report = await restoreFile(file, call, wish, createTransferProgress(process.stderr.isTTY === true));
  print(flags, report, () => describe(report));
  endWith(report.counts.refused + report.counts.kept === 0 ? EXIT.ok : EXIT.partly);
}

/** Throws `CommandError` where what was forgotten is not to come back. */
async function confirmReturning(returning: Returning, isSure: boolean | undefined): Promise<void> {
  if (returning.examples + returning.reviews === 0) return;
  const isWanted = await confirm(`${describeReturning(returning)} Merge it all the same?`, isSure);
  if (!isWanted) throw new CommandError("Nothing was merged.");
}

function describeReturning({ examples, reviews }: Returning): string {
  if (examples + reviews === 0) return "The merge brings back nothing that was forgotten here.";
  const found = [
    ...(examples > 0 ? [examples === 1 ? "1 example" : `${examples} examples`] : []),
    ...(reviews > 0 ? [reviews === 1 ? "1 correction" : `${reviews} corrections`] : []),
  ];
  return (
    `The file holds ${found.join(" and ")} not here, though older than what was last forgotten here. ` +
    "If the file was saved here, the merge brings back what people wanted forgotten."
  );
}

/** What can become of a row, in the order in which it is told. */
const OUTCOMES = [
  ["stored", "stored"],
  ["present", "already there"],
  ["replaced", "replaced"],
  ["kept", "kept as they were here"],
  ["leftOut", "left out"],
  ["refused", "refused"],
] as const;

function describe({ mode, counts, rows, seconds }: RestoreReport): string {
  const listed = rows
    .slice(0, LISTED_ROWS)
    .map(({ line, kind, outcome, reason }) => `  line ${line}: ${kind} ${outcome}: ${reason}`);
  const more = rows.length > LISTED_ROWS ? ["  ... (--json lists more)"] : [];
  const told = OUTCOMES.filter(([outcome]) => counts[outcome] > 0).map(
    ([outcome, words]) => `${counts[outcome]} ${words}`,
  );
  const total = `${mode === "restore" ? "Restored" : "Merged"}, in rows: ${told.join(", ") || "none"}, in ${seconds.toFixed(1)} s.`;
  const next =
    mode === "restore"
      ? "The restored head answers at once; the next runs rebuild the statistics."
      : "The next run learns what is new.";
  return [...listed, ...more, total, next].join("\n");
}
