/** `npm run deploy`: from a Cloudflare account to a running Worker. Safe to repeat: what exists is kept. */
import { Command, Option } from "commander";
import { KEPT_PICTURES, type KeptPictures } from "../src/shared/closed-lists.ts";
import { photoRack, textRack } from "./backbone/backbone-rack.ts";
import { buildAssets } from "./build.ts";
import { JURISDICTIONS, type Jurisdiction } from "./deploy/deploy-plan.ts";
import { dryRunDeploy } from "./deploy/dry-run.ts";
import { runDeploy } from "./deploy/run-deploy.ts";
import { ask, confirm } from "./headstart/session.ts";
import { runAsCommand } from "./shared/command.ts";
import { ASSETS_DIR, PROJECT_ROOT, TEXT_ASSETS_DIR } from "./shared/project-paths.ts";
import { wranglerTool } from "./shared/tool.ts";

/** The environment of wrangler.toml that reads texts; every other one reads photos. */
const TEXT_ENVIRONMENT = "text";

interface DeployFlags {
  readonly dryRun?: boolean;
  readonly env?: string;
  readonly jurisdiction?: Jurisdiction;
  readonly backups?: boolean;
  readonly keepPictures?: KeptPictures;
}

const BACKUPS_QUESTION =
  "Make a backup of everything but photos each day, in a bucket of R2? It costs cents a month and needs R2 in the account.";

async function deploy({ dryRun, env, jurisdiction, backups, keepPictures }: DeployFlags): Promise<void> {
  const readsText = env === TEXT_ENVIRONMENT;
  const assetsDir = readsText ? TEXT_ASSETS_DIR : ASSETS_DIR;
  const backbones = readsText ? textRack() : photoRack();
  const context = {
    tool: wranglerTool(),
    projectDir: PROJECT_ROOT,
    backbones,
    say: (line: string) => console.log(line),
    environment: env,
    jurisdiction,
    backups,
    askForBackups: process.stdin.isTTY ? () => confirm(BACKUPS_QUESTION, undefined) : undefined,
    keepPictures,
    askForPictures: process.stdin.isTTY ? askForPictures : undefined,
    async buildAssets() {
      const { name, licence } = await backbones.ensure();
      console.log(`  backbone ${name}, ${licence}`);
      await buildAssets({ outDir: assetsDir, backboneDir: backbones.dir });
    },
  };
  if (dryRun) return dryRunDeploy({ ...context, assetsDir });
  const url = await runDeploy({ ...context, accountId: process.env.CLOUDFLARE_ACCOUNT_ID });
  if (url !== null) console.log(`\nHeadstart is at ${url}, its kitchen at ${url}/admin.`);
}

/** What cannot be understood keeps nothing. */
async function askForPictures(): Promise<KeptPictures> {
  const answer = await ask(
    "What do you want to keep of labelled photos or texts, so that staff can judge by looking? none, thumbnails (12 KB each, in the database), or originals too (in R2) [none] ",
  );
  return KEPT_PICTURES.find((kept) => kept === answer) ?? "none";
}

runAsCommand(import.meta.url, async () => {
  await new Command("deploy")
    .description("Deploys to Cloudflare: database, migrations, secrets, Worker. Keeps what exists.")
    .option("--dry-run", "say every step and build, but send nothing; needs no account")
    .option("--env <name>", 'an environment of wrangler.toml, with a database of its own; "text" reads texts')
    .addOption(
      new Option(
        "--jurisdiction <where>",
        "bind the database to this place when it is made; it cannot be moved later",
      ).choices(JURISDICTIONS),
    )
    .option("--backups", "make a bucket of R2 for daily backups and bind it (default: a first deployment asks)")
    .option("--no-backups", "do not ask")
    .addOption(
      new Option(
        "--keep-pictures <what>",
        "what is kept of labelled photos or texts; originals go to a bucket of R2 (default: a first deployment asks)",
      ).choices(KEPT_PICTURES),
    )
    .action(deploy)
    .parseAsync();
  return 0;
});
