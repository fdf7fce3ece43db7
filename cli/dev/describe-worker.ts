/**
 * Writes what wrangler makes of a wrangler.toml for local use into a file: Miniflare's options, and the migrations split into
 * statements. A process of its own, because wrangler takes a second to load and is needed only where something has changed.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig, unstable_splitSqlQuery } from "wrangler";
import { runAsCommand } from "../shared/command.ts";
import { MIGRATIONS_DIR } from "../shared/project-paths.ts";

async function readMigrations() {
  const files = (await readdir(MIGRATIONS_DIR)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(path.join(MIGRATIONS_DIR, name), "utf8");
      return { name, statements: unstable_splitSqlQuery(text) };
    }),
  );
}

runAsCommand(import.meta.url, async () => {
  const [configFile = "", outFile = ""] = process.argv.slice(2);
  const { modulesRules: _rules, ...options } = unstable_getMiniflareWorkerOptions(configFile).workerOptions;
  const { vars, d1_databases } = unstable_readConfig({ config: configFile }, { hideWarnings: true });
  const database = d1_databases[0]?.binding;
  // wrangler adds what .dev.vars holds: secrets do not belong into a file that stays.
  const description = { options: { ...options, bindings: vars }, database, migrations: await readMigrations() };
  await writeFile(outFile, JSON.stringify(description));
  return 0;
});
