/** How every command ends: a failure that a person can act on is one sentence on stderr, a bug keeps its stack trace. */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What a command ends with, so that a script can tell the cases apart. Documented in docs/operations.md. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3, refused: 4, partly: 5, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An expected failure of a command. `message` says what was wrong and what to do. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
  readonly exitCode: ExitCode;
  constructor(message: string, exitCode: ExitCode = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs `main` when the module at `moduleUrl` is the one that Node was started with, and sets the exit code. */
export function runAsCommand(moduleUrl: string, main: () => Promise<number | undefined>): void {
  const started = process.argv[1];
  if (started === undefined || realpathSync(started) !== fileURLToPath(moduleUrl)) return;
  main().then(
    (exitCode) => {
      process.exitCode = exitCode ?? 0;
    },
    (cause: unknown) => {
      console.error(isForPeople(cause) ? `\n${reasonOf(cause)}` : cause);
      process.exitCode = cause instanceof CommandError ? cause.exitCode : EXIT.failed;
    },
  );
}

/** What the system says of a path, by its code; any other keeps the system's own words. */
const PATH_FAULTS: ReadonlyMap<string | undefined, (path: string) => string> = new Map([
  ["ENOENT", (path) => `there is nothing at ${path}`],
  ["EACCES", (path) => `you may not open ${path}`],
  ["EPERM", (path) => `you may not change ${path}`],
  ["EISDIR", (path) => `${path} is a folder, not a file`],
  ["ENOTDIR", (path) => `a part of ${path} is a file, not a folder`],
  ["ENOSPC", (path) => `the disk is full: ${path} could not be written`],
]);

/** The text of a caught value, for a sentence. What the system says of a path is put in words. */
export function reasonOf(cause: unknown): string {
  if (isOfPath(cause)) return PATH_FAULTS.get(cause.code)?.(cause.path) ?? cause.message;
  return cause instanceof Error ? cause.message : String(cause);
}

/** A person can act on it; anything else is a bug, and shows where it happened. */
function isForPeople(cause: unknown): boolean {
  return cause instanceof CommandError || (isOfPath(cause) && PATH_FAULTS.has(cause.code));
}

function isOfPath(cause: unknown): cause is NodeJS.ErrnoException & { readonly path: string } {
  return cause instanceof Error && "code" in cause && "path" in cause && typeof cause.path === "string";
}
