/** The commands of docs/api.md, from nothing to an answer, as a reader would paste them, against the real Worker. */
import { execFile, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { makePhoto } from "../support/photos.ts";
import { startServer } from "../support/start-server.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** The first block of commands, without the line that says where the server is and by which token. */
async function readCommands(): Promise<string> {
  const page = await readFile(path.join(PROJECT_ROOT, "docs/api.md"), "utf8");
  const [, commands] = /```sh\nURL=.*\n([\s\S]*?)```/.exec(page) ?? [];
  if (commands === undefined) throw new Error("docs/api.md has no commands");
  return commands;
}

// Without curl there is nothing to paste into; CI installs it.
describe.skipIf(!hasCurl)("the commands of docs/api.md", () => {
  it("teach two items, have a photo recognised, and correct the answer", async () => {
    const folder = await makeTempFolder();
    const taught = ["pepperoni", "hawaiian"].flatMap((kind) =>
      [1, 2, 3].map((seed) => [`${kind}-${seed}.jpg`, makePhoto(kind, seed)] as const),
    );
    await writeFiles(folder, { ...Object.fromEntries(taught), "pizza.jpg": makePhoto("hawaiian", 9) });
    const server = await startServer({ dataDir: path.join(folder, "state"), quiet: true });
    try {
      const env = { ...process.env, URL: server.url, KEY: server.adminToken };
      const run = promisify(execFile)("bash", ["-euo", "pipefail", "-c", await readCommands()], { cwd: folder, env });
      const answers = (await run).stdout
        .replaceAll("}{", "}\n{")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(answers).toMatchObject([
        { id: "pepperoni" },
        { id: "hawaiian" },
        { stored: 3, refused: 0 },
        { stored: 3, refused: 0 },
        { outcome: "published", headVersion: 1 },
        { predictions: [{ label: "hawaiian" }, { label: "pepperoni" }], headVersion: 1 },
        { label: "pepperoni", status: "pending", stored: true },
      ]);
    } finally {
      await server.stop();
    }
  });
});
