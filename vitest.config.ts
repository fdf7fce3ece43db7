/**
 * Eight suites. `node`: pure code in milliseconds. `workerd`: everything that meets a binding, in the real runtime with
 * the real migrations. `browser`: pages in Chromium against a dev server. `real` and `undisturbed`: real photos, where `../shared` is.
 * `crash`: the dev server, killed again and again. `rivals`: what Headstart is compared with, a package of its own. `client`: what
 * `@headstart/client` is published as, by `npm run check:client`.
 */
import { availableParallelism } from "node:os";
import path from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { Response } from "miniflare";
import { defineConfig } from "vitest/config";
import { useMemoryFolder } from "./test/support/memory-folder.ts";
import { serveTextAssets } from "./test/support/text-assets.ts";

/** A process for several files, one after the other: to start one and to import for it takes longer than most files. */
const SHARED_PROCESS = { isolate: false, restoreMocks: true };
/** Suites wait much, for a server to start, a command to end, a frame or the next look: more of them run than there are cores. */
const WORKERS = availableParallelism() + 2;
const WORKERD_TESTS = "test/**/*.workerd.test.ts";
/** Of the real photos: what puts a server under load or looks at the clock, one file after the other when all others have ended. */
const UNDISTURBED_TESTS = ["fuzz-server", "overload", "slow-uploads", "tricky-images"].map(
  (name) => `test/real/${name}.test.ts`,
);
/** A busy machine takes many times as long as an idle one; what hangs still ends. Vitest's own for hooks is ten seconds. */
const TIMEOUTS = { testTimeout: 300_000, hookTimeout: 300_000 };
/** Vitest's own second is less than a page's script takes to come where three suites share a core. */
const POLLING = { poll: { timeout: 30_000 } };
/** Fifty starts of wrangler, on a busy machine. */
const CRASH_TIMEOUT_MS = 1_800_000;

/** Test-only secrets; `.dev.vars` is never read by a test. */
const TEST_SECRETS = {
  ADMIN_TOKEN: "test-admin-token-of-32-characters",
  RECEIPT_SECRET: "test-receipt-secret-of-32-chars!",
};

/** How many requests the API's fuzz makes, and from which seed; `npm run fuzz:api` makes more. */
const FUZZ = { FUZZ_REQUESTS: process.env.FUZZ_REQUESTS ?? "2000", FUZZ_SEED: process.env.FUZZ_SEED ?? "1" };

// Every worker of the run and every process that a test starts finds compiled what another one has loaded.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, "node_modules/.cache/headstart");

useMemoryFolder();

export default defineConfig({
  test: {
    // One number for all projects: another one for some would let these begin only when the last file of the others has ended.
    maxWorkers: WORKERS,
    globalSetup: ["test/support/build-once.ts"],
    // The Worker's line about every request would bury what tests print.
    onConsoleLog: (log) => (log.startsWith('{"event":"request",') ? false : undefined),
    projects: [
      {
        test: {
          name: "node",
          ...SHARED_PROCESS,
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: [
            WORKERD_TESTS,
            "test/browser/**",
            "test/real/**",
            "test/crash/**",
            "test/rivals/**",
            "test/client/**",
          ],
          ...TIMEOUTS,
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: { ...TEST_SECRETS, ...FUZZ, MIGRATIONS: await readD1Migrations("migrations") },
              serviceBindings: { TEXT_ASSETS: serveTextAssets((body, status) => new Response(body, { status })) },
              r2Buckets: { LOCAL_BUCKET: "test" },
              analyticsEngineDatasets: { LOCAL_DATASET: { dataset: "test" } },
            },
          })),
        ],
        test: {
          name: "workerd",
          include: [WORKERD_TESTS],
          // A runtime for several files, one after the other: each file starts with an empty deployment.
          isolate: false,
          setupFiles: ["test/support/fresh-deployment.ts"],
          ...TIMEOUTS,
          expect: POLLING,
        },
      },
      {
        test: {
          name: "browser",
          ...SHARED_PROCESS,
          include: ["test/browser/**/*.test.ts"],
          setupFiles: ["test/browser/close-pages.ts"],
          ...TIMEOUTS,
          expect: POLLING,
        },
      },
      {
        test: {
          name: "real",
          include: ["test/real/**/*.test.ts"],
          exclude: UNDISTURBED_TESTS,
          ...TIMEOUTS,
          expect: POLLING,
          // They compute all the time.
          maxWorkers: availableParallelism(),
        },
      },
      {
        test: {
          name: "undisturbed",
          include: UNDISTURBED_TESTS,
          ...TIMEOUTS,
          expect: POLLING,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      { test: { name: "rivals", include: ["test/rivals/**/*.test.ts"], ...TIMEOUTS } },
      { test: { name: "client", include: ["test/client/**/*.test.ts"], ...TIMEOUTS } },
      { test: { name: "crash", include: ["test/crash/**/*.test.ts"], testTimeout: CRASH_TIMEOUT_MS } },
    ],
  },
});
