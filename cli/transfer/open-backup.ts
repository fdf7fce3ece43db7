/** A backup of a deployment's bucket as a file on this machine, checked from its first byte to its last. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { backupsSchema } from "../headstart/answers.ts";
import { createCaller } from "../import/api-client.ts";
import { CommandError } from "../shared/command.ts";
import { saveAnswer } from "./save-answer.ts";
import { createTransferProgress } from "./show-progress.ts";
import { type VerifiedExport, verifyExport } from "./verify-export.ts";

interface From {
  readonly url: string;
  readonly key: string;
}

/** Saves the named backup, or the newest. Throws `CommandError` where there is none, or it is not whole; the file is then as it was. */
export async function saveBackup(
  from: From,
  file: string,
  name: string | undefined,
): Promise<VerifiedExport & { readonly name: string }> {
  const chosen = name ?? (await findNewest(from));
  const saved = await saveAnswer({
    from,
    file,
    path: `/v1/admin/backups/${encodeURIComponent(chosen)}`,
    progress: createTransferProgress(process.stderr.isTTY === true),
    check: verifyExport,
  });
  return { ...saved, name: chosen };
}

/** Gives `use` such a file, which is gone afterwards. */
export async function withBackup(
  from: From,
  name: string | undefined,
  use: (file: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-backup-"));
  try {
    const file = path.join(folder, "backup.ndjson");
    const saved = await saveBackup(from, file, name);
    console.error(`Backup ${saved.name}, ${saved.rows} rows.`);
    await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findNewest(from: From): Promise<string> {
  const { bucket, backups } = await createCaller(from)(backupsSchema, "/v1/admin/backups");
  if (!bucket)
    throw new CommandError("The deployment has no bucket for backups: `npm run deploy -- --backups` makes one.");
  const [newest] = backups;
  if (newest === undefined) throw new CommandError("There is no backup yet. `headstart backups make` makes one.");
  return newest.name;
}
