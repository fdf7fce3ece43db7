/** Asks wrangler what a Cloudflare account has. Changes nothing. */
import { z } from "zod";
import { CommandError } from "../shared/command.ts";
import type { Tool, ToolResult } from "../shared/tool.ts";
import { runTool } from "../shared/tool.ts";

const whoamiSchema = z.object({
  loggedIn: z.literal(true),
  email: z.string().nullish(),
  accounts: z.array(z.object({ id: z.string(), name: z.string() })),
});
const databasesSchema = z.array(z.object({ name: z.string(), uuid: z.string() }));
const rowsSchema = z.tuple([z.object({ results: z.array(z.unknown()) })]);
const secretsSchema = z.array(z.object({ name: z.string() }));

export interface AccountReader {
  /** The account that is logged in, for people. Throws `CommandError` that says how to log in, or how to choose one of several accounts. */
  requireLogin(): Promise<string>;
  /** Database ids by name. */
  listDatabases(): Promise<Map<string, string>>;
  /** Names of the Worker's secrets; none when it was never deployed. */
  listSecrets(workerName: string): Promise<Set<string>>;
  /** The rows of a statement that only reads a remote database; `flags` choose the environment of wrangler.toml. */
  readRows(databaseName: string, sql: string, flags: readonly string[]): Promise<readonly unknown[]>;
}

/** `cwd` holds wrangler.toml; `accountId` is the account that was chosen, when one was. */
export function createAccountReader(tool: Tool, cwd: string, accountId: string | undefined): AccountReader {
  const ask = (...args: string[]) => runTool(tool, args, { cwd });
  return {
    async requireLogin() {
      const who = whoamiSchema.safeParse(parseOutput(await ask("whoami", "--json")));
      if (!who.success) {
        throw new CommandError(
          "Nobody is logged in to Cloudflare. Run `npx wrangler login` (a browser opens), or set CLOUDFLARE_API_TOKEN,\n" +
            "then run `npm run deploy` again. `npm run deploy -- --dry-run` needs no account.",
        );
      }
      const { accounts, email } = who.data;
      if (accounts.length > 1 && accountId === undefined) {
        const names = accounts.map(({ id, name }) => `  ${id}  ${name}`).join("\n");
        throw new CommandError(
          `This login has several accounts. Choose one with CLOUDFLARE_ACCOUNT_ID=<id>:\n${names}`,
        );
      }
      const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
      return `${email ?? "an API token"}, account ${account?.name ?? accountId ?? "unknown"}`;
    },
    async listDatabases() {
      const result = await ask("d1", "list", "--json");
      const databases = databasesSchema.safeParse(parseOutput(result));
      if (result.exitCode !== 0 || !databases.success) throw toolFailure("The D1 databases cannot be listed", result);
      return new Map(databases.data.map(({ name, uuid }) => [name, uuid]));
    },
    async listSecrets(workerName) {
      const result = await ask("secret", "list", "--name", workerName, "--format", "json");
      const secrets = secretsSchema.safeParse(parseOutput(result));
      if (result.exitCode === 0 && secrets.success) return new Set(secrets.data.map(({ name }) => name));
      if (/not found|does not exist|10007/i.test(result.stdout + result.stderr)) return new Set();
      throw toolFailure("The Worker's secrets cannot be listed", result);
    },
    async readRows(databaseName, sql, flags) {
      const result = await ask("d1", "execute", databaseName, "--remote", "--json", "--command", sql, ...flags);
      const answer = rowsSchema.safeParse(parseOutput(result));
      if (result.exitCode === 0 && answer.success) return answer.data[0].results;
      throw toolFailure(`The database "${databaseName}" cannot be asked which backbone taught it`, result);
    },
  };
}

/** An error that shows wrangler's own words. */
export function toolFailure(what: string, { stdout, stderr, exitCode }: ToolResult): CommandError {
  const words = `${stdout}\n${stderr}`.trim().split("\n").slice(-20).join("\n");
  return new CommandError(`${what} (wrangler ended with exit code ${exitCode}):\n${words}`);
}

/** The JSON in an output; wrangler may print notices before it. */
function parseOutput({ stdout }: ToolResult): unknown {
  const start = stdout.search(/^[[{]/m);
  if (start < 0) return undefined;
  try {
    return JSON.parse(stdout.slice(start));
  } catch {
    return undefined;
  }
}
