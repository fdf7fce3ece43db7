/** `headstart backups`: copies of everything in the deployment's bucket. */
import type { Command } from "commander";
import { CommandError } from "../shared/command.ts";
import { requireDeployment } from "../shared/deployment.ts";
import { saveBackup } from "../transfer/open-backup.ts";
import { type Backup, type Backups, backupsSchema, madeBackupSchema } from "./answers.ts";
import { type CommonFlags, formatTable, openSession, print, withDeployment } from "./session.ts";

const PATH = "/v1/admin/backups";

const EXAMPLES = `
A backup holds what \`headstart export\` holds; one is made each day where there is a bucket (\`npm run deploy -- --backups\`).
Examples:
  headstart backups list
  headstart backups make                    one more, now
  headstart backups save backup.ndjson      the newest as a file here
  headstart restore --from-backup           into an empty deployment with the same bucket`;

/** Why none was made, by the outcome. */
const REFUSALS: Readonly<Record<string, string>> = {
  busy: "Another backup is being made just now.",
  empty: "There is nothing to back up: no item, and no example.",
  restoring: "A restore is under way: half a deployment is not a backup.",
};

/** Adds the subcommand with its own subcommands. */
export function addBackups(program: Command): void {
  const group = program
    .command("backups")
    .description("copies of everything in the deployment's bucket")
    .addHelpText("after", EXAMPLES);
  const sub = (name: string, description: string) => withDeployment(group.command(name)).description(description);
  sub("list", "which there are, and how the last one went").action(list);
  sub("make", "makes one now").action(make);
  sub("save", "saves one as a file, and checks it")
    .argument("<file>", "where to save it; replaces an older file only when the new one is complete")
    .option("--name <name>", "not the newest")
    .action(save);
}

async function list(flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const answer = await call(backupsSchema, PATH);
  print(flags, answer, () => describe(answer));
}

function describe({ bucket, backups, failure, kept }: Backups): string {
  if (!bucket) return "The deployment has no bucket for backups. `npm run deploy -- --backups` makes one.";
  const rows = backups.map(({ name, bytes, rows }) => [name, inMegabytes(bytes), String(rows)]);
  return [
    ...(failure === null
      ? []
      : [`The last one failed on ${failure.at}: ${failure.reason}. It is tried again every hour.`]),
    ...(rows.length === 0 ? ["There is none yet."] : [formatTable(["NAME", "SIZE", "ROWS"], rows)]),
    `The newest of each of ${kept.days} days and ${kept.weeks} weeks stays.`,
    ...(rows.length === 0
      ? []
      : ["Into an empty deployment with the same bucket: `headstart restore --from-backup [name]`."]),
  ].join("\n");
}

async function make(flags: CommonFlags): Promise<void> {
  const { callOnce } = await openSession(flags);
  const { outcome, backup, reason } = await callOnce(madeBackupSchema, PATH, { method: "POST" });
  if (backup === null) throw new CommandError(REFUSALS[outcome] ?? `The backup failed: ${reason}.`);
  print(flags, backup, () => describeMade(backup));
}

function describeMade({ name, bytes, rows }: Backup): string {
  return `Made ${name}: ${inMegabytes(bytes)}, ${rows} rows.`;
}

async function save(file: string, flags: CommonFlags & { readonly name?: string }): Promise<void> {
  const saved = await saveBackup(await requireDeployment(flags), file, flags.name);
  print(
    flags,
    { file, ...saved },
    () => `Saved ${file}: backup ${saved.name}, ${inMegabytes(saved.bytes)}, ${saved.rows} rows.`,
  );
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
