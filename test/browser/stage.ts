/** What every suite in the browser needs: a Chromium, and a dev server with data of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { useSentences } from "../../cli/backbone/sentences/use-sentences.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import type { BucketName } from "../../src/shared/closed-lists.ts";
import { startServer } from "../support/start-server.ts";
import { launchBrowser } from "./chromium.ts";

/** What a suite works with while it runs. */
export interface OpenStage {
  readonly browser: Browser;
  readonly server: DevServer;
  /** Where its database is: see `openLocalDatabase`. */
  readonly dataDir: string;
}

export interface Stage extends OpenStage {
  /** Ends both, and removes the data. */
  close(): Promise<void>;
}

export interface StageOptions {
  /** Replace those of wrangler.toml. */
  readonly vars?: Readonly<Record<string, string>>;
  readonly reads?: "photos" | "texts";
  /** Bindings of buckets that are kept beside the database. */
  readonly buckets?: readonly BucketName[];
  /** Is done before the first test. */
  readonly prepare?: (stage: OpenStage) => Promise<void>;
}

/** One suite's browser and server, there from its first test to its last. Call it in the suite. */
export function useStage({ vars = {}, reads = "photos", buckets = [], prepare }: StageOptions = {}): OpenStage {
  let opened: Stage | undefined;
  beforeAll(async () => {
    opened = await openStage(vars, reads, buckets);
    await prepare?.(opened);
  });
  afterAll(() => opened?.close());
  const now = (): Stage => {
    if (opened === undefined) throw new Error("the stage opens before the first test, not before that");
    return opened;
  };
  return {
    get browser() {
      return now().browser;
    },
    get server() {
      return now().server;
    },
    get dataDir() {
      return now().dataDir;
    },
  };
}

/** Starts both; `vars` replace those of wrangler.toml. */
export async function openStage(
  vars: Readonly<Record<string, string>> = {},
  reads: StageOptions["reads"] = "photos",
  buckets: readonly BucketName[] = [],
): Promise<Stage> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "headstart-browser-"));
  const backbone = reads === "texts" ? { backboneDir: path.join(dataDir, "backbone") } : {};
  if (backbone.backboneDir !== undefined) await useSentences(backbone.backboneDir);
  const [browser, server] = await Promise.all([
    launchBrowser(),
    startServer({ dataDir, quiet: true, vars, buckets, ...backbone }),
  ]);
  async function close(): Promise<void> {
    await browser.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  return { browser, server, dataDir, close };
}
