/** `npm run deploy`: from a Cloudflare account to a running Worker. Safe to repeat: what exists is kept. */
import { Command } from "commander";
import { ensureBackbone } from "./backbone/ensure-backbone.ts";
import { buildAssets } from "./build.ts";
import { dryRunDeploy } from "./deploy/dry-run.ts";
import { runDeploy } from "./deploy/run-deploy.ts";
import { runAsCommand } from "./shared/command.ts";
import { ACTIVE_BACKBONE_DIR, ASSETS_DIR, PROJECT_ROOT } from "./shared/project-paths.ts";
import { wranglerTool } from "./shared/tool.ts";

async function deploy(flags: { readonly dryRun?: boolean }): Promise<void> {
  const context = {
    tool: wranglerTool(),
    projectDir: PROJECT_ROOT,
    say: (line: string) => console.log(line),
    async buildAssets() {
      const { manifest } = await ensureBackbone();
      console.log(`  backbone ${manifest.name}, ${manifest.licence}`);
      await buildAssets({ outDir: ASSETS_DIR, backboneDir: ACTIVE_BACKBONE_DIR });
    },
  };
  if (flags.dryRun) return dryRunDeploy({ ...context, assetsDir: ASSETS_DIR });
  const url = await runDeploy({ ...context, accountId: process.env.CLOUDFLARE_ACCOUNT_ID });
  if (url !== null) console.log(`\nHeadstart is at ${url}, its admin page at ${url}/admin.`);
}

runAsCommand(import.meta.url, async () => {
  await new Command("deploy")
    .description("Deploys to Cloudflare: database, migrations, secrets, Worker. Keeps what exists.")
    .option("--dry-run", "say every step and build, but send nothing; needs no account")
    .action(deploy)
    .parseAsync();
  return 0;
});
