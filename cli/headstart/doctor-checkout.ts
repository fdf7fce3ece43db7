/** What the doctor looks at without a deployment: Node, the backbone's files, wrangler.toml, migrations, files with secrets. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { parseConfig } from "../../src/config.ts";
import { findPlacedBackbone } from "../backbone/placed-backbone.ts";
import { makeSecret } from "../dev/local-secrets.ts";
import { reasonOf } from "../shared/command.ts";
import { NO_DATABASE_ID, parseWranglerConfig, readVariables } from "../shared/wrangler-config.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** The first that runs TypeScript as it is without a flag, and that wrangler takes. */
const LEAST_NODE = 22;
/** What the Worker reads from its environment beside variables and secrets. */
const BINDINGS = ["ASSETS", "DB"];
/** Bits by which others than the owner may read or write a file. */
const OTHERS = 0o077;

export interface CheckoutPlaces {
  readonly projectDir: string;
  readonly backboneDir: string;
  /** Files that only their owner may read; those that are missing are fine. */
  readonly secretFiles: readonly string[];
}

/** Never throws for what it finds. `nodeVersion` without the v. */
export async function examineCheckout(places: CheckoutPlaces, nodeVersion: string): Promise<Finding[]> {
  const toml = await readFile(path.join(places.projectDir, "wrangler.toml"), "utf8").catch(() => null);
  return [
    examineNode(nodeVersion),
    await examineBackbone(places.backboneDir),
    ...(toml === null
      ? [fail("wrangler.toml", "is missing", "restore it from git")]
      : [examineBindings(toml), examineVariables(toml), examineDatabase(toml)]),
    await examineMigrations(path.join(places.projectDir, "migrations")),
    ...(await Promise.all(places.secretFiles.map(examineSecretFile))).filter((found) => found !== null),
  ];
}

function examineNode(version: string): Finding {
  if (Number.parseInt(version, 10) >= LEAST_NODE) return ok("node", version);
  return fail("node", `${version} is too old`, "run `npm install`, which brings its own, and start by `npx headstart`");
}

async function examineBackbone(folder: string): Promise<Finding> {
  try {
    const placed = await findPlacedBackbone(folder);
    if (placed === undefined) return warn("backbone", "none is in place", "`npm start` puts the default in place");
    const { name, id, output } = placed.manifest;
    return ok("backbone", `${name}, ${output.dimension} numbers, SHA-256 ${id.slice(0, 12)} as its manifest says`);
  } catch (cause) {
    return fail("backbone", reasonOf(cause), "`npm run backbone -- use <name>`, see `npm run backbone -- list`");
  }
}

function examineBindings(toml: string): Finding {
  const found = new Set(Array.from(toml.matchAll(/^\s*binding\s*=\s*"([^"]+)"/gm), ([, name]) => name));
  const missing = BINDINGS.filter((name) => !found.has(name));
  if (missing.length === 0) return ok("bindings", BINDINGS.join(", "));
  return fail("bindings", `wrangler.toml lacks ${missing.join(", ")}`, "restore it from git");
}

/** By the Worker's own rules; the secrets are not here, so that made-up ones stand for them. */
function examineVariables(toml: string): Finding {
  const secrets = { ADMIN_TOKEN: makeSecret(), RECEIPT_SECRET: makeSecret() };
  try {
    parseConfig({ ...secrets, ...readVariables(toml) });
    return ok("variables", "all are usable");
  } catch (cause) {
    return fail("variables", reasonOf(cause), "correct [vars] in wrangler.toml, see docs/operations.md");
  }
}

function examineDatabase(toml: string): Finding {
  try {
    const { databaseName, databaseId } = parseWranglerConfig(toml);
    if (databaseId !== NO_DATABASE_ID) return ok("database", `${databaseName}, ${databaseId}`);
    return warn(
      "database",
      "none has been made for a deployment yet",
      "`npm run deploy` makes it; `npm start` needs none",
    );
  } catch (cause) {
    return fail("database", reasonOf(cause), "restore wrangler.toml from git");
  }
}

async function examineMigrations(folder: string): Promise<Finding> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".sql")).sort();
  const numbers = files.map((name) => /^(\d{4})_/.exec(name)?.[1]);
  if (files.length === 0) return fail("migrations", "there are none", "restore the folder migrations from git");
  if (numbers.includes(undefined) || new Set(numbers).size < files.length) {
    return fail("migrations", `two have one number, or one has none: ${files.join(", ")}`, "restore them from git");
  }
  return ok(
    "migrations",
    `${files.length}, the last is ${files.at(-1)}; \`npm start\` and \`npm run deploy\` apply them`,
  );
}

async function examineSecretFile(file: string): Promise<Finding | null> {
  const found = await stat(file).catch(() => null);
  if (found === null) return null;
  if (process.platform === "win32" || (found.mode & OTHERS) === 0) return ok("secrets", `${file} is yours alone`);
  return fail("secrets", `${file} can be read by others`, `chmod 600 ${file}, and change the keys in it`);
}
