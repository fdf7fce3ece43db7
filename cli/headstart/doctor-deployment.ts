/** What the doctor asks a deployment: does it answer, who am I there, is its clock, its backbone, its limits as here. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { findPlacedBackbone } from "../backbone/placed-backbone.ts";
import { type Call, createCaller } from "../import/api-client.ts";
import { CommandError, reasonOf } from "../shared/command.ts";
import { type Deployment, type DeploymentFlags, findDeployment } from "../shared/deployment.ts";
import { readVariables } from "../shared/wrangler-config.ts";
import { overviewSchema } from "./answers.ts";
import type { CheckoutPlaces } from "./doctor-checkout.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import { identify } from "./login.ts";

const TIMEOUT_MS = 10_000;
/** A receipt or a session of an hour is not much worse for it; beyond, people are told wrong times. */
const MAX_SKEW_MS = 60_000;

const healthSchema = z.object({ status: z.literal("ok") });
const manifestSchema = z.looseObject({ id: z.string(), name: z.string() });
const menuSchema = z.looseObject({
  items: z.array(z.unknown()),
  headVersion: z.number().nullable(),
  limits: z.object({ maxImageBytes: z.number(), maxImagePixels: z.number() }),
});

/** Never throws for what it finds; nothing more is asked of a deployment that does not answer. */
export async function examineDeployment(flags: DeploymentFlags, places: CheckoutPlaces): Promise<Finding[]> {
  const deployment = await findDeployment(flags).catch((cause: unknown) => {
    if (cause instanceof CommandError) return cause;
    throw cause;
  });
  if (deployment instanceof Error) return [fail("deployment", deployment.message, "give another --url")];
  const reached = await examineHealth(deployment.url);
  if (reached.some(({ status }) => status === "fail")) return reached;
  const call = createCaller({ ...deployment, maxAttempts: 2 });
  const looks = [
    examineKey(deployment),
    attempt("backbone there", () => examineBackbone(call, places.backboneDir)),
    attempt("limits", () => examineLimits(call, places.projectDir)),
    ...(deployment.key === null ? [] : [attempt("work", () => examineWork(call))]),
  ];
  return [...reached, ...(await Promise.all(looks))];
}

async function examineHealth(url: string): Promise<Finding[]> {
  const remedy = "start it with `npm start`, deploy it with `npm run deploy`, or give another --url";
  const startedAt = Date.now();
  try {
    const response = await fetch(`${url}/v1/health`, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
    const body = healthSchema.safeParse(await response.json().catch(() => null));
    if (!body.success) return [fail("deployment", `${url} answers ${response.status}, and is no Headstart`, remedy)];
    const endedAt = Date.now();
    const answered = ok("deployment", `${url} answers in ${endedAt - startedAt} ms`);
    return [answered, examineClock(response.headers.get("date"), startedAt, endedAt)];
  } catch (cause) {
    const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
    return [fail("deployment", `${url} cannot be reached: ${reasonOf(inner)}`, remedy)];
  }
}

/** The server's time to a second against ours while it answered; unknown where a proxy leaves the header out. */
export function examineClock(date: string | null, startedAt: number, endedAt: number): Finding {
  const there = Date.parse(date ?? "");
  if (Number.isNaN(there)) return ok("clock", "the server does not say what time it is");
  const skew = Math.max(0, startedAt - there - 1_000, there - endedAt);
  if (skew <= MAX_SKEW_MS) return ok("clock", `as the server's to ${Math.ceil(skew / 1_000)} s`);
  return warn("clock", `${Math.round(skew / 1_000)} s off the server's`, "set this machine's clock");
}

async function examineKey({ url, key }: Deployment): Promise<Finding> {
  if (key === null) return warn("key", "none: commands ask as a guest", `\`headstart login ${url}\``);
  try {
    const { role, actor } = await identify({ url, key });
    if (role === "admin") return ok("key", `admin (${actor})`);
    return warn(
      "key",
      `${role} (${actor}): not every command may be used`,
      "log in with an admin's key for the others",
    );
  } catch (cause) {
    return fail("key", reasonOf(cause), `\`headstart login ${url}\``);
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

async function examineLimits(call: Call, projectDir: string): Promise<Finding> {
  const { limits } = await call(menuSchema, "/v1/menu");
  const { MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS } = readVariables(
    await readFile(path.join(projectDir, "wrangler.toml"), "utf8"),
  );
  const text = `photos up to ${limits.maxImageBytes} bytes and ${limits.maxImagePixels} pixels`;
  const isSame = limits.maxImageBytes === Number(MAX_IMAGE_BYTES) && limits.maxImagePixels === Number(MAX_IMAGE_PIXELS);
  if (isSame) return ok("limits", text);
  return warn("limits", `${text}: not as wrangler.toml says`, "deploy again, or ask who deployed it");
}

async function examineWork(call: Call): Promise<Finding> {
  const { pendingLabels, pendingReviews } = await call(overviewSchema, "/v1/admin/overview");
  const { items, headVersion } = await call(menuSchema, "/v1/menu");
  const waiting = `${items.length} items, ${pendingLabels} labels to learn, ${pendingReviews} corrections to review`;
  if (headVersion !== null) return ok("work", `head ${headVersion} is live, ${waiting}`);
  return warn(
    "work",
    `no head is live yet, ${waiting}`,
    "`headstart import` photos of two items, then `headstart train`",
  );
}

/** What a key may not see, or what does not answer, is a warning: the rest is still worth looking at. */
async function attempt(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (cause) {
    return warn(check, reasonOf(cause), "see the lines above");
  }
}
