/**
 * The few values of wrangler.toml that the commands need, read and replaced as text so that comments and order stay.
 * Knows the shape in which this project writes the file, not TOML.
 */
import { CommandError } from "./command.ts";

/** wrangler.toml's database_id before a database was made. */
export const NO_DATABASE_ID = "00000000-0000-0000-0000-000000000000";

export interface WranglerConfig {
  /** The Worker's name. */
  readonly name: string;
  /** Cron expressions, in order. */
  readonly crons: readonly string[];
  readonly databaseName: string;
  readonly databaseId: string;
}

/** Throws `CommandError` naming what is missing. */
export function parseWranglerConfig(toml: string): WranglerConfig {
  const cronList = /^crons\s*=\s*\[([^\]]*)\]/m.exec(toml)?.[1] ?? "";
  return {
    name: readString(toml, "name"),
    crons: Array.from(cronList.matchAll(/"([^"]+)"/g), ([, expression = ""]) => expression),
    databaseName: readString(toml, "database_name"),
    databaseId: readString(toml, "database_id"),
  };
}

/** The same text with another `database_id`. */
export function withDatabaseId(toml: string, id: string): string {
  const line = /^(\s*database_id\s*=\s*)"[^"]*"/m;
  if (!line.test(toml)) throw new CommandError('wrangler.toml has no line `database_id = "..."`. Restore it from git.');
  return toml.replace(line, `$1"${id}"`);
}

/** The lines `NAME = "value"` below `[vars]`, as this project writes them. */
export function readVariables(toml: string): Record<string, string> {
  const section = /^\[vars\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(toml)?.[1] ?? "";
  const lines = section.matchAll(/^\s*([A-Z][A-Z0-9_]*)\s*=\s*"([^"]*)"/gm);
  return Object.fromEntries(Array.from(lines, ([, name = "", value = ""]) => [name, value]));
}

/** The value of a line `key = "value"`. Throws `CommandError` where there is none. */
export function readString(toml: string, key: string): string {
  const value = new RegExp(`^\\s*${key}\\s*=\\s*"([^"]*)"`, "m").exec(toml)?.[1];
  if (value === undefined) throw new CommandError(`wrangler.toml has no line \`${key} = "..."\`. Restore it from git.`);
  return value;
}
