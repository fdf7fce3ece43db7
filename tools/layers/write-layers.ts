/** Writes `biome.layers.json`, which `biome.json` extends. With `--check` it only says whether the file is up to date. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { CommandError, runAsCommand } from "../../cli/shared/command.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { describeLayers } from "./layers.ts";

const FILE = path.join(PROJECT_ROOT, "biome.layers.json");

runAsCommand(import.meta.url, async () => {
  const text = `${JSON.stringify(describeLayers(), null, 2)}\n`;
  if (!process.argv.includes("--check")) await writeFile(FILE, text);
  else if ((await readFile(FILE, "utf8")) !== text) {
    throw new CommandError("biome.layers.json is not what tools/layers/layers.ts says. Run npm run fix.");
  }
  return 0;
});
