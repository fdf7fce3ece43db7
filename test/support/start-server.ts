/** The dev server for tests that are not about its tables: a new database begins as a copy of one that has them all. */
import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import path from "node:path";
import { hashFiles } from "../../cli/dev/hash-files.ts";
import { keepFolder } from "../../cli/dev/kept-folder.ts";
import { type DevServer, type DevServerOptions, startDevServer } from "../../cli/dev-server.ts";
import { MIGRATIONS_DIR, PROJECT_ROOT } from "../../cli/shared/project-paths.ts";

const EMPTY_DATA_DIR = path.join(PROJECT_ROOT, "dist/empty-data");

let emptyData: Promise<string> | undefined;

/** Starts it on a folder of data, as `startDevServer` does. Of the time of a first start, the migrations take a third. */
export async function startServer(options: DevServerOptions & { readonly dataDir: string }): Promise<DevServer> {
  if (!existsSync(path.join(options.dataDir, "v3"))) await makeTables(options.dataDir);
  return startDevServer(options);
}

/** Fills a folder of data that is new with an empty database, for what is written into it before a server has run. */
export async function makeTables(dataDir: string): Promise<void> {
  emptyData ??= ensureEmptyData();
  await cp(await emptyData, dataDir, { recursive: true });
}

/** A folder with the data of a server that was asked nothing, which are its tables; made once for each state of the migrations. */
async function ensureEmptyData(): Promise<string> {
  const lockFile = path.join(PROJECT_ROOT, "package-lock.json"); // Miniflare says how a database is kept
  const key = await hashFiles([MIGRATIONS_DIR, lockFile]);
  const { folder } = await keepFolder(EMPTY_DATA_DIR, key, async (draft) => {
    const server = await startDevServer({ dataDir: draft, quiet: true });
    await server.stop();
  });
  return folder;
}
