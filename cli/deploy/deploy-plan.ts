/**
 * What a deployment still needs, as data: the state of the account in, the steps out. Pure, so that every starting point
 * (fresh, half done, complete) can be tested without an account.
 */
import type { BucketName, KeptPictures } from "../../src/shared/closed-lists.ts";
import { CommandError } from "../shared/command.ts";
import { NO_DATABASE_ID } from "../shared/wrangler-config.ts";

/** Secrets without which the Worker refuses to start, as in wrangler.toml. */
export const REQUIRED_SECRETS = ["ADMIN_TOKEN", "RECEIPT_SECRET"] as const;
export type SecretName = (typeof REQUIRED_SECRETS)[number];

/** Where a database may be bound to run and keep its data, as `wrangler d1 create --jurisdiction` knows them. It cannot be changed later. */
export const JURISDICTIONS = ["eu", "us", "fedramp"] as const;
export type Jurisdiction = (typeof JURISDICTIONS)[number];

/** Where buckets of R2 can be bound to; the others are D1's alone. */
const BUCKET_JURISDICTIONS: readonly Jurisdiction[] = ["eu", "fedramp"];

/** A bucket that is to be there and that wrangler.toml does not have yet. */
export interface WantedBucket {
  readonly binding: BucketName;
  readonly bucket: string;
}

/** What is there already. */
export interface DeployState {
  readonly workerName: string;
  readonly databaseName: string;
  /** `database_id` of wrangler.toml. */
  readonly configuredDatabaseId: string;
  /** The account's databases: id by name. */
  readonly databases: ReadonlyMap<string, string>;
  /** Names of the secrets that the deployed Worker has. */
  readonly secrets: ReadonlySet<string>;
  /** Where a database that is made now has to stay; anywhere where it is absent. */
  readonly jurisdiction?: Jurisdiction | undefined;
  /** Those that are to be made; none where it is absent. */
  readonly buckets?: readonly WantedBucket[];
  /** What `KEEP_PICTURES` is to be; as it is where it is absent. */
  readonly keepPictures?: KeptPictures | undefined;
}

/** One step. A step is safe to repeat, and nothing is done that is not in the plan. */
export type DeployStep =
  | { readonly kind: "create-database"; readonly name: string; readonly jurisdiction: Jurisdiction | undefined }
  | { readonly kind: "write-database-id"; readonly name: string; readonly id: string | null; readonly replaces: string }
  | { readonly kind: "check-backbone"; readonly name: string }
  | ({ readonly kind: "create-bucket"; readonly jurisdiction: Jurisdiction | undefined } & WantedBucket)
  | { readonly kind: "keep-pictures"; readonly keeps: KeptPictures }
  | { readonly kind: "build-assets" }
  | { readonly kind: "migrate"; readonly name: string }
  | { readonly kind: "make-secrets"; readonly names: readonly SecretName[] }
  | { readonly kind: "upload"; readonly workerName: string }
  | { readonly kind: "wait" };

/** The steps from `state` to a running Worker, in order. */
export function planDeploy(state: DeployState): DeployStep[] {
  const {
    databaseName,
    databases,
    configuredDatabaseId,
    secrets,
    workerName,
    jurisdiction,
    buckets = [],
    keepPictures,
  } = state;
  const id = databases.get(databaseName) ?? null;
  const missing = REQUIRED_SECRETS.filter((name) => !secrets.has(name));
  const steps: DeployStep[] = [];
  if (id === null) steps.push({ kind: "create-database", name: databaseName, jurisdiction });
  if (id === null || id !== configuredDatabaseId) {
    steps.push({ kind: "write-database-id", name: databaseName, id, replaces: configuredDatabaseId });
  }
  if (id !== null) steps.push({ kind: "check-backbone", name: databaseName });
  for (const bucket of buckets) steps.push({ kind: "create-bucket", ...bucket, jurisdiction });
  if (keepPictures !== undefined) steps.push({ kind: "keep-pictures", keeps: keepPictures });
  steps.push({ kind: "build-assets" }, { kind: "migrate", name: databaseName });
  if (missing.length > 0) steps.push({ kind: "make-secrets", names: missing });
  steps.push({ kind: "upload", workerName }, { kind: "wait" });
  return steps;
}

/** The plan for an account of which nothing is known: every step, as on a first deployment. */
export function planFirstDeploy(
  workerName: string,
  databaseName: string,
  jurisdiction?: Jurisdiction,
  buckets: readonly WantedBucket[] = [],
  keepPictures?: KeptPictures,
): DeployStep[] {
  const empty = { databases: new Map<string, string>(), secrets: new Set<string>() };
  return planDeploy({
    workerName,
    databaseName,
    configuredDatabaseId: NO_DATABASE_ID,
    ...empty,
    jurisdiction,
    buckets,
    keepPictures,
  });
}

/** What a step does, said before it is done. */
export function describeStep(step: DeployStep): string {
  switch (step.kind) {
    case "create-database":
      return `Create the D1 database "${step.name}" (wrangler ${creationOf(step).join(" ")})`;
    case "write-database-id":
      return step.replaces === NO_DATABASE_ID || step.id === null
        ? "Write the database's id into wrangler.toml (database_id)"
        : `Replace database_id in wrangler.toml: this account's "${step.name}" is ${step.id}, not ${step.replaces}`;
    case "check-backbone":
      return `Ask the remote database which backbone taught it, and stop where another would be deployed (wrangler d1 execute ${step.name} --remote)`;
    case "create-bucket":
      return `Create the R2 bucket "${step.bucket}" and bind it as ${step.binding} in wrangler.toml (wrangler ${creationOfBucket(step).join(" ")})`;
    case "keep-pictures":
      return `Set KEEP_PICTURES to "${step.keeps}" in wrangler.toml`;
    case "build-assets":
      return "Build the assets: the pages' scripts and the backbone in place";
    case "migrate":
      return `Apply new migrations to the remote database (wrangler d1 migrations apply ${step.name} --remote)`;
    case "make-secrets":
      return `Make the missing secrets, 256 random bits each: ${step.names.join(", ")} (uploaded with the Worker)`;
    case "upload":
      return `Upload the Worker "${step.workerName}", its assets and its cron trigger (wrangler deploy)`;
    case "wait":
      return "Wait until the Worker answers /v1/health";
  }
}

/** The arguments that make a database, for wrangler. */
export function creationOf({
  name,
  jurisdiction,
}: Extract<DeployStep, { readonly kind: "create-database" }>): string[] {
  return ["d1", "create", name, ...(jurisdiction === undefined ? [] : ["--jurisdiction", jurisdiction])];
}

/** The arguments that make a bucket, for wrangler. */
export function creationOfBucket({
  bucket,
  jurisdiction,
}: Extract<DeployStep, { readonly kind: "create-bucket" }>): string[] {
  return ["r2", "bucket", "create", bucket, ...(jurisdiction === undefined ? [] : ["--jurisdiction", jurisdiction])];
}

/** Throws `CommandError` where buckets would not stay where the database does. */
export function refuseStrayBuckets(buckets: readonly WantedBucket[], jurisdiction: Jurisdiction | undefined): void {
  if (buckets.length === 0 || jurisdiction === undefined || BUCKET_JURISDICTIONS.includes(jurisdiction)) return;
  throw new CommandError(
    `R2 binds buckets to ${BUCKET_JURISDICTIONS.join(" or ")}, not to ${jurisdiction}. Deploy without a bucket, or with another --jurisdiction.`,
  );
}
