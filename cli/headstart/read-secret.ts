/** A secret from a person or a pipe: typed without an echo, never an argument, never printed. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { CommandError, EXIT } from "../shared/command.ts";

/** The first line of stdin, or what is typed after `question`. Throws `CommandError` where nobody can be asked. */
export async function readSecret(question: string, isFromStdin: boolean): Promise<string> {
  if (isFromStdin) return ((await text(process.stdin)).split(/\r?\n/)[0] ?? "").trim();
  if (process.stdin.isTTY !== true) {
    throw new CommandError("Nobody can be asked for the key here: give --key-stdin and pipe it in.", EXIT.usage);
  }
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  reader.once("SIGINT", () => {
    process.stderr.write("\n");
    process.exit(EXIT.interrupted);
  });
  process.stderr.write(question);
  try {
    return (await reader.question("")).trim();
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}
