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

/** The values of an environment (`[env.NAME]`), or of the top level. Throws `CommandError` naming what is missing. */
export function parseWranglerConfig(toml: string, environment?: string): WranglerConfig {
  const top = textOf(toml, undefined);
  const own = textOf(toml, environment);
  const cronList = /^crons\s*=\s*\[([^\]]*)\]/m.exec(top)?.[1] ?? "";
  return {
    name: environment === undefined ? readString(top, "name") : `${readString(top, "name")}-${environment}`,
    crons: Array.from(cronList.matchAll(/"([^"]+)"/g), ([, expression = ""]) => expression),
    databaseName: readString(own, "database_name"),
    databaseId: readString(own, "database_id"),
  };
}

/** The same text with another `database_id` of an environment, or of the top level. */
export function withDatabaseId(toml: string, id: string, environment?: string): string {
  const line = /^(\s*database_id\s*=\s*)"[^"]*"/m;
  const sections = splitSections(toml);
  const at = sections.findIndex((section) => isOf(section, environment) && line.test(section));
  if (at < 0) throw new CommandError('wrangler.toml has no line `database_id = "..."`. Restore it from git.');
  return sections.map((section, i) => (i === at ? section.replace(line, `$1"${id}"`) : section)).join("");
}

/** A variable of an environment, or of the top level; undefined where it has no line. */
export function readVariable(toml: string, name: string, environment?: string): string | undefined {
  const sections = splitSections(toml).filter((section) => isVariables(section, environment));
  return variableLine(name).exec(sections.join(""))?.[2];
}

/** The same text with another value of that variable. Throws `CommandError` where it has no line. */
export function withVariable(toml: string, name: string, value: string, environment?: string): string {
  const sections = splitSections(toml);
  const at = sections.findIndex((section) => isVariables(section, environment) && variableLine(name).test(section));
  if (at < 0) throw new CommandError(`wrangler.toml has no line \`${name} = "..."\`. Restore it from git.`);
  return sections
    .map((section, i) => (i === at ? section.replace(variableLine(name), `$1"${value}"`) : section))
    .join("");
}

function isVariables(section: string, environment: string | undefined): boolean {
  return section.startsWith(environment === undefined ? "[vars]" : `[env.${environment}.vars]`);
}

function variableLine(name: string): RegExp {
  return new RegExp(`^(\\s*${name}\\s*=\\s*)"([^"]*)"`, "m");
}

/** Whether an environment, or the top level, has a bucket by this binding. */
export function hasBucket(toml: string, binding: string, environment?: string): boolean {
  return splitSections(toml).some(
    (section) =>
      isOf(section, environment) &&
      section.includes("r2_buckets]]") &&
      bindingLine(binding).test(withoutComments(section)),
  );
}

/** The same text with one more bucket, behind the database of an environment, or of the top level. */
export function withBucket(
  toml: string,
  {
    binding,
    bucket,
    jurisdiction,
  }: { readonly binding: string; readonly bucket: string; readonly jurisdiction?: string | undefined },
  environment?: string,
): string {
  const sections = splitSections(toml);
  const at = sections.findIndex((section) => isOf(section, environment) && section.includes("d1_databases]]"));
  if (at < 0) throw new CommandError("wrangler.toml has no [[d1_databases]]. Restore it from git.");
  const lines = [
    `[[${environment === undefined ? "" : `env.${environment}.`}r2_buckets]]`,
    `binding = "${binding}"`,
    `bucket_name = "${bucket}"`,
    ...(jurisdiction === undefined ? [] : [`jurisdiction = "${jurisdiction}"`]),
  ];
  return sections.toSpliced(at, 0, `${lines.join("\n")}\n\n`).join("");
}

function bindingLine(binding: string): RegExp {
  return new RegExp(`^\\s*binding\\s*=\\s*"${binding}"`, "m");
}

/** A bucket that is only shown, to be uncommented, is none. */
function withoutComments(section: string): string {
  return section.replaceAll(/^\s*#.*$/gm, "");
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

/** What the file says of an environment, or at the top level. Throws `CommandError` for an environment that it does not have. */
function textOf(toml: string, environment: string | undefined): string {
  const sections = splitSections(toml);
  const own = sections.filter((section) => isOf(section, environment));
  if (own.length === 0) {
    const names = new Set(sections.map(environmentOf).filter((name) => name !== undefined));
    const known = names.size === 0 ? "It has none." : `It has: ${[...names].join(", ")}.`;
    throw new CommandError(`wrangler.toml has no environment [env.${environment}]. ${known}`);
  }
  return own.join("");
}

function isOf(section: string, environment: string | undefined): boolean {
  return environmentOf(section) === environment;
}

/** Which environment a section belongs to by its header; undefined at the top level. */
function environmentOf(section: string): string | undefined {
  return /^\[\[?env\.([\w-]+)/.exec(section)?.[1];
}

/** The text cut before each header; joined, it is the text. */
function splitSections(toml: string): string[] {
  return toml.split(/^(?=\[)/m);
}
