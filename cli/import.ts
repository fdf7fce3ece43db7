/** `npm run import`: teaches a deployment a folder of photos, one subfolder per menu item. */
import { Command } from "commander";
import { readText } from "./backbone/placed-backbone.ts";
import { parseDotenv } from "./dev/local-secrets.ts";
import { createApiClient } from "./import/api-client.ts";
import { importFolder } from "./import/import-folder.ts";
import { describeReport, isComplete } from "./import/import-report.ts";
import { createProgress } from "./import/show-progress.ts";
import { CommandError, runAsCommand } from "./shared/command.ts";
import { DEV_VARS_FILE } from "./shared/project-paths.ts";

const DEFAULT_URL = "http://127.0.0.1:8787";
const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);

interface ImportFlags {
  readonly url: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** --token, then HEADSTART_TOKEN, then the local token, which is never sent to another machine. */
async function findToken(flags: ImportFlags, isLocal: boolean): Promise<string> {
  const given = flags.token ?? process.env.HEADSTART_TOKEN;
  if (given) return given;
  const local = isLocal ? parseDotenv((await readText(DEV_VARS_FILE)) ?? "").get("ADMIN_TOKEN") : undefined;
  if (local) return local;
  throw new CommandError(
    isLocal
      ? "There is no admin token yet: start the Worker once with `npm start`, or give --token."
      : "Give the deployment's admin token with --token or in HEADSTART_TOKEN.",
  );
}

function checkUrl(text: string): { isLocal: boolean } {
  const url = URL.parse(text);
  const isLocal = url !== null && LOOPBACK_HOSTS.has(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLocal)) return { isLocal };
  throw new CommandError(`--url ${text} is not an https address; the admin token would travel in the clear.`);
}

async function importPhotos(folder: string, flags: ImportFlags): Promise<number> {
  const { isLocal } = checkUrl(flags.url);
  const token = await findToken(flags, isLocal);
  const client = createApiClient({ url: flags.url, token, onRetry: (message) => console.error(message) });
  const report = await importFolder(folder, client, createProgress(process.stderr.isTTY === true));
  console.log(flags.json ? JSON.stringify(report, null, 2) : describeReport(report));
  const stored = report.classes.some((item) => item.stored + item.relabelled > 0);
  if (stored && !flags.json) console.log("The next scheduled run learns them; `Train now` on /admin does it at once.");
  return isComplete(report) ? 0 : 1;
}

runAsCommand(import.meta.url, async () => {
  let exitCode = 0;
  await new Command("import")
    .description("Sends a folder with one subfolder per menu item. Safe to run again: stored photos are skipped.")
    .argument("<folder>", "holds one subfolder per menu item, named like it")
    .option("--url <address>", "the deployment", DEFAULT_URL)
    .option("--token <token>", "its admin token (default: HEADSTART_TOKEN, then .dev.vars)")
    .option("--json", "print the report as JSON")
    .action(async (folder: string, flags: ImportFlags) => {
      exitCode = await importPhotos(folder, flags);
    })
    .parseAsync();
  return exitCode;
});
