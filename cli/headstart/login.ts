/** `headstart login`, `logout`, `whoami`: keys that are kept for a person, checked before they are stored, never printed. */
import type { Command } from "commander";
import { createCaller } from "../import/api-client.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import { checkUrl, DEFAULT_URL, requireDeployment } from "../shared/deployment.ts";
import { loginsFile, readLogins, writeLogins } from "../shared/saved-logins.ts";
import { identitySchema } from "./answers.ts";
import { readSecret } from "./read-secret.ts";
import { ask, type CommonFlags, print, withDeployment } from "./session.ts";

interface LoginFlags {
  readonly name?: string;
  readonly keyStdin?: boolean;
  readonly json?: boolean;
}

/** Adds the three subcommands. */
export function addLogin(program: Command): void {
  program
    .command("login")
    .description("keeps a deployment's address and key for later commands, after trying them")
    .argument("[url]", "the deployment; if missing, the command asks for it")
    .option("--name <name>", "what to call it (default: its host)")
    .option("--key-stdin", "read the key from stdin, for scripts")
    .option("--json", "print JSON, and nothing else, on stdout")
    .addHelpText("after", LOGIN_EXAMPLES)
    .action(login);
  program
    .command("logout")
    .description("forgets a login")
    .argument("[name]", "which one (default: the current)")
    .option("--all", "all of them")
    .option("--json", "print JSON, and nothing else, on stdout")
    .addHelpText(
      "after",
      "\nThe key itself stays valid: revoke it with `headstart keys revoke`.\nExample: headstart logout pizzeria",
    )
    .action(logout);
  withDeployment(program.command("whoami"))
    .description("the deployment that commands talk to, the key's role there, and all logins")
    .addHelpText("after", "\nExample: headstart whoami --on pizzeria")
    .action(whoami);
}

const LOGIN_EXAMPLES = `
The key goes into a file that only you can read. HEADSTART_URL and HEADSTART_KEY win over it.
Examples:
  headstart login https://headstart.example.workers.dev --name pizzeria
  headstart login https://headstart.example.workers.dev --key-stdin < key.txt`;

async function login(given: string | undefined, flags: LoginFlags): Promise<void> {
  const { url } = checkUrl(given ?? (await askForUrl()));
  const key = await readSecret("Key (it is not shown): ", flags.keyStdin === true);
  if (key === "") throw new CommandError("No key was given; nothing is stored.", EXIT.usage);
  const { role } = await identify({ url, key });
  const name = flags.name ?? new URL(url).host;
  const logins = await readLogins(process.env);
  const deployments = { ...logins.deployments, [name]: { url, key } };
  await writeLogins(process.env, { version: 1, current: name, deployments });
  const file = loginsFile(process.env);
  print(flags, { name, url, role, file }, () => `Logged in to ${url} as ${role}; called "${name}" in ${file}.`);
}

async function askForUrl(): Promise<string> {
  if (process.stdin.isTTY !== true) throw new CommandError("Which deployment? Give its address.", EXIT.usage);
  return (await ask(`Address of the deployment [${DEFAULT_URL}]: `)) || DEFAULT_URL;
}

/** The key's identity, as the server says. Throws `CommandError` as every call does. */
export function identify(deployment: { readonly url: string; readonly key: string }) {
  return createCaller({ ...deployment, maxAttempts: 2 })(identitySchema, "/v1/admin/session");
}

async function logout(name: string | undefined, flags: { all?: boolean; json?: boolean }): Promise<void> {
  const logins = await readLogins(process.env);
  const gone = flags.all ? Object.keys(logins.deployments) : [name ?? logins.current].filter((one) => one !== null);
  const unknown = gone.find((one) => !Object.hasOwn(logins.deployments, one));
  if (gone.length === 0 || unknown !== undefined) {
    throw new CommandError(
      unknown === undefined ? "There is no login." : `No login is called "${unknown}".`,
      EXIT.usage,
    );
  }
  const deployments = Object.fromEntries(Object.entries(logins.deployments).filter(([one]) => !gone.includes(one)));
  const current = logins.current !== null && !gone.includes(logins.current) ? logins.current : null;
  await writeLogins(process.env, { version: 1, current: current ?? Object.keys(deployments)[0] ?? null, deployments });
  print(flags, { forgotten: gone }, () => `Forgotten: ${gone.join(", ")}.`);
}

async function whoami(flags: CommonFlags): Promise<void> {
  const { url, key } = await requireDeployment(flags);
  const { role, actor } = await identify({ url, key });
  const { deployments } = await readLogins(process.env);
  const logins = Object.entries(deployments).map(([name, login]) => ({ name, url: login.url }));
  print(flags, { url, role, actor, logins }, () =>
    [`${url}: ${role} (${actor})`, ...logins.map((one) => `  login ${one.name}: ${one.url}`)].join("\n"),
  );
}
