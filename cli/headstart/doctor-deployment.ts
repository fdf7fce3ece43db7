/** What the doctor asks a deployment: does it answer, is it ready, who am I there, and is it as its owner means it to be. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { menuOperations } from "../../src/operations/menu.ts";
import { ROLES, type Role, reaches } from "../../src/shared/role.ts";
import { findPlacedBackbone } from "../backbone/placed-backbone.ts";
import { type Call, createCaller } from "../import/api-client.ts";
import { CommandError, reasonOf } from "../shared/command.ts";
import { checkUrl, type Deployment, type DeploymentFlags, findDeployment } from "../shared/deployment.ts";
import { readVariables } from "../shared/wrangler-config.ts";
import { answerOf } from "./answer-of.ts";
import { backupsSchema, keysSchema, overviewSchema } from "./answers.ts";
import { examineBackups } from "./doctor-backups.ts";
import type { CheckoutPlaces } from "./doctor-checkout.ts";
import { examineDoors } from "./doctor-doors.ts";
import { examineHealth, examineReadiness, TIMEOUT_MS } from "./doctor-health.ts";
import { examineKeys } from "./doctor-keys.ts";
import { examineLimits, type Limit, limitsSchema } from "./doctor-limits.ts";
import { examineWebhooks } from "./doctor-webhooks.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import { identify } from "./login.ts";
import { webhooksSchema } from "./webhook-answers.ts";

const roleSchema = z.enum(ROLES);
const manifestSchema = z.looseObject({ id: z.string(), name: z.string() });
const menuSchema = answerOf<typeof menuOperations.readMenu>()(
  z.looseObject({ items: z.array(z.unknown()), headVersion: z.number().nullable() }),
);

/** All limits are there where the key may see them. */
export interface DeploymentReport {
  readonly findings: readonly Finding[];
  readonly limits: readonly Limit[] | null;
}

/** A deployment that answers, seen with its key, beside what wrangler.toml says here. */
interface Sight {
  readonly url: string;
  readonly call: Call;
  readonly role: Role;
  readonly variables: Readonly<Record<string, string>>;
}

/** Never throws for what it finds; nothing more is asked of a deployment that does not answer. */
export async function examineDeployment(flags: DeploymentFlags, places: CheckoutPlaces): Promise<DeploymentReport> {
  const deployment = await findDeployment(flags).catch((cause: unknown) => {
    if (cause instanceof CommandError) return cause;
    throw cause;
  });
  if (deployment instanceof Error) return withoutLimits([fail("deployment", deployment.message, "give another --url")]);
  const reached = await examineHealth(deployment.url);
  if (reached.some(({ status }) => status === "fail")) return withoutLimits(reached);
  const ready = await attempt("ready", async () => [await examineReadiness(deployment.url)]);
  const { key, role } = await examineKey(deployment);
  const toml = await readFile(path.join(places.projectDir, "wrangler.toml"), "utf8").catch(() => "");
  const call = createCaller({ ...deployment, maxAttempts: 2 });
  const sight = { url: deployment.url, call, role, variables: readVariables(toml) };
  const [looks, { findings, limits }] = await Promise.all([lookRound(sight, places), lookAtLimits(sight)]);
  return { findings: [...reached, ...ready, key, ...looks, ...findings], limits };
}

function withoutLimits(findings: readonly Finding[]): DeploymentReport {
  return { findings, limits: null };
}

async function examineKey({ url, key }: Deployment): Promise<{ readonly key: Finding; readonly role: Role }> {
  const remedy = `\`headstart login ${url}\``;
  if (key === null) return { key: warn("key", "none: commands ask as a guest", remedy), role: "guest" };
  try {
    const { role: name, actor } = await identify({ url, key });
    const role = roleSchema.catch("guest").parse(name);
    if (role === "admin") return { key: ok("key", `admin (${actor})`), role };
    const message = `${name} (${actor}): not every command may be used, nor all be looked at here`;
    return { key: warn("key", message, "log in with an admin's key for the others"), role };
  } catch (cause) {
    return { key: fail("key", reasonOf(cause), remedy), role: "guest" };
  }
}

/** Only what the role may ask. */
async function lookRound({ url, call, role, variables }: Sight, { backboneDir }: CheckoutPlaces): Promise<Finding[]> {
  const looks = [
    attempt("backbone there", async () => [await examineBackbone(call, backboneDir)]),
    attempt("guests", () => examineDoors(url, variables, TIMEOUT_MS)),
  ];
  if (reaches(role, "review")) looks.push(attempt("work", async () => [await examineWork(call)]));
  if (reaches(role, "admin")) {
    looks.push(
      attempt("keys", () => lookAtKeys(url, call)),
      attempt("backups", async () => [await lookAtBackups(url, call)]),
      attempt("webhooks", async () => examineWebhooks((await call(webhooksSchema, "/v1/admin/webhooks")).webhooks)),
    );
  }
  return (await Promise.all(looks)).flat();
}

async function lookAtKeys(url: string, call: Call): Promise<Finding[]> {
  const { keys } = await call(keysSchema, "/v1/admin/keys");
  return examineKeys(keys, Date.now(), checkUrl(url).isLocal);
}

async function lookAtBackups(url: string, call: Call): Promise<Finding> {
  return examineBackups(await call(backupsSchema, "/v1/admin/backups"), checkUrl(url).isLocal);
}

async function lookAtLimits({ call, role, variables }: Sight): Promise<DeploymentReport> {
  if (!reaches(role, "review")) return withoutLimits([]);
  try {
    const { limits } = await call(limitsSchema, "/v1/admin/limits");
    return { findings: examineLimits(limits, variables), limits };
  } catch (cause) {
    return withoutLimits([unanswered("limits", cause)]);
  }
}

async function examineBackbone(call: Call, folder: string): Promise<Finding> {
  const there = await call(manifestSchema, "/backbone/manifest.json");
  const here = await findPlacedBackbone(folder).catch(() => undefined);
  if (here === undefined || here.manifest.id === there.id) return ok("backbone there", there.name);
  return warn(
    "backbone there",
    `${there.name} there, ${here.manifest.name} here: labels of one do not fit the other`,
    `before you deploy: \`npm run backbone -- use ${there.name}\``,
  );
}

async function examineWork(call: Call): Promise<Finding> {
  const { pendingLabels, pendingReviews } = await call(overviewSchema, "/v1/admin/overview");
  const { items, headVersion } = await call(menuSchema, "/v1/menu");
  const waiting = `${items.length} items, ${pendingLabels} labels to learn, ${pendingReviews} corrections to review`;
  if (headVersion !== null) return ok("work", `head ${headVersion} is live, ${waiting}`);
  return warn(
    "work",
    `no head is live yet, ${waiting}`,
    "`headstart import` examples of two items, then `headstart train`",
  );
}

async function attempt(check: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (cause) {
    return [unanswered(check, cause)];
  }
}

/** A warning: the rest is still worth looking at. */
function unanswered(check: string, cause: unknown): Finding {
  return warn(check, reasonOf(cause), "see the lines above");
}
