/** Before the first test: assets and bundle, which every server of a test then finds as they are. Quick where nothing changed. */

import { ensureBackbone } from "../../cli/backbone/ensure-backbone.ts";
import { buildImportedFiles, ensureAssets } from "../../cli/build.ts";
import { bundleWorker } from "../../cli/dev/worker-bundle.ts";
import { WRANGLER_CONFIG } from "../../cli/shared/project-paths.ts";

export async function setup(): Promise<void> {
  await ensureBackbone();
  await buildImportedFiles();
  await Promise.all([ensureAssets(), bundleWorker(WRANGLER_CONFIG)]);
}
