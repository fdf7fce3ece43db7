/**
 * The wrangler.toml of `npm run bench -- classify`, made from the project's own at every run, so that it has the same variables:
 * another entry, which adds the benchmark's routes, and paths that hold from any folder.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { CommandError } from "../../shared/command.ts";
import { PROJECT_ROOT, WRANGLER_CONFIG } from "../../shared/project-paths.ts";

/** Writes it into `folder` and returns its path. Throws `CommandError` when wrangler.toml lacks a line that is replaced. */
export async function writeBenchConfig(folder: string): Promise<string> {
  const file = path.join(folder, "wrangler.toml");
  await writeFile(file, toBenchConfig(await readFile(WRANGLER_CONFIG, "utf8")));
  return file;
}

/** The text of it. */
export function toBenchConfig(toml: string): string {
  const at = (relative: string) => JSON.stringify(path.join(PROJECT_ROOT, relative));
  const replacements: readonly [RegExp, string][] = [
    [/^main = .*$/m, `main = ${at("cli/bench/classify/bench-worker.ts")}`],
    [/^directory = .*$/m, `directory = ${at("dist/assets")}`],
    [/^migrations_dir = .*$/m, `migrations_dir = ${at("migrations")}`],
    [/^run_worker_first = \[/m, 'run_worker_first = ["/bench/*", '],
  ];
  return replacements.reduce((text, [line, replacement]) => {
    if (!line.test(text)) throw new CommandError(`wrangler.toml has no line like ${line.source}. Restore it from git.`);
    return text.replace(line, replacement);
  }, toml);
}
