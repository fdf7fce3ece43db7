/**
 * Gives every workerd test file a deployment of its own: an empty database with the tables of the real migrations, and
 * services that have seen nothing, whether files share a runtime or not.
 */
import { applyD1Migrations, type D1Migration, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { getServices } from "../../src/services.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      readonly MIGRATIONS: D1Migration[];
      /** Assets with the English sentence encoder as the backbone. */
      readonly TEXT_ASSETS: Fetcher;
      readonly FUZZ_REQUESTS: string;
      readonly FUZZ_SEED: string;
      /** Of the local runtime; not under a name by which a deployment opts in. */
      readonly LOCAL_BUCKET: R2Bucket;
      /** Of the local runtime, which takes points and keeps none; not under the name by which a deployment opts in. */
      readonly LOCAL_DATASET: AnalyticsEngineDataset;
    }
  }
}

vi.useRealTimers();
vi.unstubAllGlobals();
await reset();
await applyD1Migrations(env.DB, env.MIGRATIONS);
// Services are kept for the bindings that asked last: those of the file before are forgotten.
getServices({ ...env });
