/** What every subcommand shares: the options that name a deployment, the calls to it, and how answers are printed. */
import { type Command, InvalidArgumentError } from "commander";
import { type Call, createCaller } from "../import/api-client.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import { type DeploymentFlags, findDeployment, requireDeployment } from "../shared/deployment.ts";

/** A person is waiting: an address that does not answer is said after two seconds, not after fifteen. */
const MAX_ATTEMPTS = 3;

/** Options of every subcommand that talks to a deployment. */
export interface CommonFlags extends DeploymentFlags {
  readonly json?: boolean;
}

export interface Session {
  readonly url: string;
  /** For requests that are safe to repeat. */
  readonly call: Call;
  /** For those that are not. */
  readonly callOnce: Call;
}

/** Adds the options of `CommonFlags`. */
export function withDeployment(command: Command): Command {
  return command
    .option("--url <address>", "the deployment (default: the current login, else the local server)")
    .option("--on <name>", "a deployment you have logged in to")
    .option("--key <key>", "its key; other users of this machine can see it, so better log in or set HEADSTART_KEY")
    .option("--json", "print JSON, and nothing else, on stdout");
}

/** Calls with a key. Throws `CommandError` where there is none. */
export async function openSession(flags: DeploymentFlags): Promise<Session> {
  return createSession(await requireDeployment(flags));
}

/** Calls with a key where there is one, as a guest otherwise. */
export async function openGuestSession(flags: DeploymentFlags): Promise<Session> {
  return createSession(await findDeployment(flags));
}

function createSession(deployment: { readonly url: string; readonly key: string | null }): Session {
  const call = createCaller({ ...deployment, maxAttempts: MAX_ATTEMPTS, onRetry: (message) => console.error(message) });
  return { url: deployment.url, call, callOnce: createCaller({ ...deployment, maxAttempts: 1 }) };
}

/** Prints an answer: as JSON for a program, or in words. `words` is only called when they are needed. */
export function print(flags: { readonly json?: boolean }, answer: unknown, words: () => string): void {
  console.log(flags.json ? JSON.stringify(answer, null, 2) : words());
}

/** What the command ends with unless it fails. */
export function endWith(code: (typeof EXIT)[keyof typeof EXIT]): void {
  process.exitCode = code;
}

/** A whole number from 1 on, for options and arguments. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a whole number from 1 on is needed.");
  return value;
}

/** Columns as wide as their widest cell, two spaces between. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? "").length)));
  const lines = [head, ...rows].map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  "));
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** Asks before something that cannot be undone. Throws `CommandError` when nobody can be asked and --yes is missing. */
export async function confirm(question: string, isSure: boolean | undefined): Promise<boolean> {
  if (isSure) return true;
  if (process.stdin.isTTY !== true) {
    throw new CommandError(`${question} Nobody can be asked here: give --yes.`, EXIT.usage);
  }
  return /^y(es)?$/i.test(await ask(`${question} [y/N] `));
}

/** One line from the person; the question goes to stderr. Empty at the end of the input. */
export async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
  reader.once("SIGINT", () => process.exit(EXIT.interrupted));
  try {
    return (await Promise.race([reader.question(question), ended])).trim();
  } finally {
    reader.close();
  }
}
