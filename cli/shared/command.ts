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
      console.error(cause instanceof CommandError ? `\n${cause.message}` : cause);
      process.exitCode = cause instanceof CommandError ? cause.exitCode : EXIT.failed;
    },
  );
}

/** The text of a caught value, for a sentence. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
