/** Does the steps of a deployment, one after the other, saying each before it is done. Stops at the first failure. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { KeptPictures } from "../../src/shared/closed-lists.ts";
import type { BackboneRack } from "../backbone/backbone-rack.ts";
import { readText } from "../backbone/placed-backbone.ts";
import { makeSecret } from "../dev/local-secrets.ts";
import { CommandError } from "../shared/command.ts";
import { replaceFile } from "../shared/replace.ts";
import { runTool, type Tool } from "../shared/tool.ts";
import {
  hasBucket,
  parseWranglerConfig,
  readVariable,
  withBucket,
  withDatabaseId,
  withVariable,
} from "../shared/wrangler-config.ts";
import { type AccountReader, createAccountReader, toolFailure } from "./account.ts";
import { checkBackbone } from "./check-backbone.ts";
import {
  creationOf,
  creationOfBucket,
  type DeployStep,
  describeStep,
  type Jurisdiction,
  planDeploy,
  refuseStrayBuckets,
  type SecretName,
  type WantedBucket,
} from "./deploy-plan.ts";

const HEALTH_TIMEOUT_MS = 120_000;
const HEALTH_POLL_MS = 2_000;

/** wrangler's machine-readable log: one JSON object per line. */
const deployRecordSchema = z.object({ type: z.literal("deploy"), targets: z.array(z.string()).optional() });

export interface DeployContext {
  readonly tool: Tool;
  /** Holds wrangler.toml. */
  readonly projectDir: string;
  readonly buildAssets: () => Promise<void>;
  /** Where the backbone that is deployed stands. */
  readonly backbones: BackboneRack;
  readonly say: (line: string) => void;
  readonly accountId?: string | undefined;
  /** A name below `[env]` in wrangler.toml; the top level where there is none. */
  readonly environment?: string | undefined;
  /** Where the database has to stay. */
  readonly jurisdiction?: Jurisdiction | undefined;
  /** Whether backups are wanted; where it is absent, a first deployment asks by `askForBackups`. */
  readonly backups?: boolean | undefined;
  /** Asks the person who deploys; absent where nobody can be asked. */
  readonly askForBackups?: (() => Promise<boolean>) | undefined;
  /** What is to be kept of labelled samples; where it is absent, a first deployment asks by `askForPictures`. */
  readonly keepPictures?: KeptPictures | undefined;
  readonly askForPictures?: (() => Promise<KeptPictures>) | undefined;
  readonly healthTimeoutMs?: number;
}

/** Brings the account from whatever it has to a running Worker. Returns its address, null when it has none. */
export async function runDeploy(context: DeployContext): Promise<string | null> {
  const { tool, projectDir, say } = context;
  const account = createAccountReader(tool, projectDir, context.accountId);
  say("Checking the login (wrangler whoami)");
  say(`  ${await account.requireLogin()}`);
  say("Looking at what the account has (wrangler d1 list, wrangler secret list)");
  const toml = await readFile(configFile(context), "utf8");
  const config = parseWranglerConfig(toml, context.environment);
  const databases = await account.listDatabases();
  const isThere = databases.has(config.databaseName);
  const wantsBackups = context.backups ?? (isThere ? false : await context.askForBackups?.()) ?? false;
  const asked = context.keepPictures ?? (isThere ? undefined : await context.askForPictures?.());
  const { buckets, keepPictures } = findChanges(toml, config.name, {
    ...context,
    backups: wantsBackups,
    keepPictures: asked,
  });
  if (buckets.length === 0) refuseToMove(isThere, config.databaseName, context.jurisdiction);
  refuseStrayBuckets(buckets, context.jurisdiction);
  const steps = planDeploy({
    workerName: config.name,
    databaseName: config.databaseName,
    configuredDatabaseId: config.databaseId,
    databases,
    jurisdiction: context.jurisdiction,
    buckets,
    keepPictures,
    secrets: await account.listSecrets(config.name),
  });
  const workDir = await mkdtemp(path.join(tmpdir(), "headstart-deploy-"));
  try {
    return await runSteps(context, account, steps, workDir);
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

async function runSteps(
  context: DeployContext,
  account: AccountReader,
  steps: readonly DeployStep[],
  workDir: string,
): Promise<string | null> {
  const secretsFile = path.join(workDir, "secrets.json");
  let hasNewSecrets = false;
  let url: string | null = null;
  for (const [i, step] of steps.entries()) {
    context.say(`[${i + 1}/${steps.length}] ${describeStep(step)}`);
    switch (step.kind) {
      case "create-database":
        await wrangler(context, "The database cannot be created", creationOf(step));
        break;
      case "write-database-id":
        await writeDatabaseId(context, step.id ?? (await findDatabaseId(account, step.name)));
        break;
      case "check-backbone": {
        const read = (sql: string) => account.readRows(step.name, sql, environmentFlag(context));
        await checkBackbone(step.name, read, context.backbones, (line) => context.say(`  ${line}`));
        break;
      }
      case "create-bucket":
        await createBucket(context, step);
        break;
      case "keep-pictures":
        await changeConfig(context, (toml) => withVariable(toml, PICTURES_VARIABLE, step.keeps, context.environment));
        break;
      case "build-assets":
        await context.buildAssets();
        break;
      case "migrate":
        await wrangler(context, "The migrations failed", [
          ...["d1", "migrations", "apply", step.name, "--remote"],
          ...environmentFlag(context),
        ]);
        break;
      case "make-secrets":
        await makeSecrets(context, step.names, secretsFile);
        hasNewSecrets = true;
        break;
      case "upload":
        url = await upload(context, workDir, hasNewSecrets ? ["--secrets-file", secretsFile] : []);
        break;
      case "wait":
        await waitForHealth(context, url);
        break;
    }
  }
  return url;
}

const PICTURES_VARIABLE = "KEEP_PICTURES";

/** What wrangler.toml still lacks. An existing bucket stays, whatever its name. */
export function findChanges(
  toml: string,
  workerName: string,
  { backups = false, keepPictures, environment }: Pick<DeployContext, "backups" | "keepPictures" | "environment">,
): { readonly buckets: WantedBucket[]; readonly keepPictures: KeptPictures | undefined } {
  const kept = readVariable(toml, PICTURES_VARIABLE, environment);
  const wanted: WantedBucket[] = [
    ...(backups ? [{ binding: "BACKUPS" as const, bucket: `${workerName}-backups` }] : []),
    ...((keepPictures ?? kept) === "originals"
      ? [{ binding: "PICTURES" as const, bucket: `${workerName}-pictures` }]
      : []),
  ];
  return {
    buckets: wanted.filter(({ binding }) => !hasBucket(toml, binding, environment)),
    keepPictures: keepPictures === kept ? undefined : keepPictures,
  };
}

/** One that the account has already is taken: a deployment that broke off goes on. */
async function createBucket(
  context: DeployContext,
  step: Extract<DeployStep, { readonly kind: "create-bucket" }>,
): Promise<void> {
  const { tool, projectDir, environment } = context;
  const result = await runTool(tool, creationOfBucket(step), { cwd: projectDir, echo: true });
  const isThere = /already exists|already own|10004/i.test(result.stdout + result.stderr);
  if (result.exitCode !== 0 && !isThere) throw toolFailure("The bucket cannot be created", result);
  await changeConfig(context, (toml) => withBucket(toml, step, environment));
}

async function changeConfig(context: DeployContext, change: (toml: string) => string): Promise<void> {
  await replaceFile(configFile(context), change(await readFile(configFile(context), "utf8")));
}

/** A database stays where it was made: to ask for a place and get another one in silence would be worse than a refusal. */
function refuseToMove(isThere: boolean, name: string, jurisdiction: Jurisdiction | undefined): void {
  if (!isThere || jurisdiction === undefined) return;
  throw new CommandError(
    `The database "${name}" exists, and where it is kept cannot be changed. Deploy without --jurisdiction; or export it ` +
      `(\`npx headstart export\`), give wrangler.toml another database_name, deploy with --jurisdiction ${jurisdiction}, and restore.`,
  );
}

/** The id is asked for, not read from the output of `d1 create`: a list in JSON is a contract, a message is not. */
async function findDatabaseId(account: AccountReader, name: string): Promise<string> {
  const id = (await account.listDatabases()).get(name);
  if (id === undefined)
    throw new CommandError(`The database "${name}" was created but is not listed yet. Run it again.`);
  return id;
}

async function writeDatabaseId(context: DeployContext, id: string): Promise<void> {
  await changeConfig(context, (toml) => withDatabaseId(toml, id, context.environment));
}

/** The secrets go with the upload, because a Worker that does not exist yet cannot be given any. */
async function makeSecrets(context: DeployContext, names: readonly SecretName[], file: string): Promise<void> {
  const secrets = Object.fromEntries(names.map((name) => [name, makeSecret()]));
  await replaceFile(file, JSON.stringify(secrets), 0o600);
  const token = secrets.ADMIN_TOKEN;
  // Said before the upload: a token that was set but never shown would lock the operator out.
  if (token !== undefined) context.say(`  Admin token, shown only now, keep it: ${token}`);
}

async function upload(context: DeployContext, workDir: string, extra: readonly string[]): Promise<string | null> {
  const record = path.join(workDir, "wrangler.ndjson");
  const env = { WRANGLER_OUTPUT_FILE_PATH: record };
  await wrangler(context, "The upload failed", ["deploy", ...environmentFlag(context), ...extra], env);
  for (const line of ((await readText(record)) ?? "").split("\n").filter(Boolean)) {
    const deploy = deployRecordSchema.safeParse(JSON.parse(line));
    const target = deploy.data?.targets?.find((address) => address.startsWith("https://"));
    if (target !== undefined) return target.replace(/\/+$/, "");
  }
  return null;
}

async function waitForHealth({ say, healthTimeoutMs = HEALTH_TIMEOUT_MS }: DeployContext, url: string | null) {
  if (url === null) return say("  wrangler names no address to ask (custom routes?); ask /v1/health there yourself.");
  const deadline = performance.now() + healthTimeoutMs;
  let last = "nothing";
  while (performance.now() < deadline) {
    try {
      const response = await fetch(`${url}/v1/health`, { signal: AbortSignal.timeout(10_000) });
      if (response.ok) return say(`  ${url} answers.`);
      last = `${response.status} ${(await response.text()).slice(0, 300)}`;
    } catch (cause) {
      last = String(cause); // a new address takes a moment until its name and certificate are known
    }
    await sleep(Math.min(HEALTH_POLL_MS, healthTimeoutMs / 10));
  }
  throw new CommandError(`The Worker is uploaded, but ${url}/v1/health answered: ${last}. See \`npx wrangler tail\`.`);
}

async function wrangler(
  { tool, projectDir }: DeployContext,
  what: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const result = await runTool(tool, args, { cwd: projectDir, env, echo: true });
  if (result.exitCode !== 0) throw toolFailure(what, result);
}

/** Always said: wrangler warns of a file with environments where none is chosen. */
export function environmentFlag({ environment = "" }: Pick<DeployContext, "environment">): string[] {
  return [`--env=${environment}`];
}

function configFile({ projectDir }: DeployContext): string {
  return path.join(projectDir, "wrangler.toml");
}
