/** What every suite in the browser needs: a Chromium, and a dev server with data of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { launchBrowser } from "./chromium.ts";

export interface Stage {
  readonly browser: Browser;
  readonly server: DevServer;
  /** Where its database is: see `openLocalDatabase`. */
  readonly dataDir: string;
  /** Ends both, and removes the data. */
  close(): Promise<void>;
}

/** Starts both; `vars` replace those of wrangler.toml. */
export async function openStage(vars: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "headstart-browser-"));
  const [browser, server] = await Promise.all([launchBrowser(), startDevServer({ dataDir, quiet: true, vars })]);
  async function close(): Promise<void> {
    await browser.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  return { browser, server, dataDir, close };
}
