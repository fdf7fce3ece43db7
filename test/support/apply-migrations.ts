/** Gives every workerd test file the tables of the real migrations. */
import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";

declare global {
  namespace Cloudflare {
    interface Env {
      readonly MIGRATIONS: D1Migration[];
      /** Assets with the English sentence encoder as the backbone. */
      readonly TEXT_ASSETS: Fetcher;
      readonly FUZZ_REQUESTS: string;
      readonly FUZZ_SEED: string;
      /** Of the local runtime, which takes points and keeps none; not under the name by which a deployment opts in. */
      readonly LOCAL_DATASET: AnalyticsEngineDataset;
    }
  }
}

await applyD1Migrations(env.DB, env.MIGRATIONS);
