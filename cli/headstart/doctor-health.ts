/** What the doctor asks without a key: does a Headstart answer there, is its clock ours, does it have all that it needs. */
import { z } from "zod";
import type { menuOperations } from "../../src/operations/menu.ts";
import { reasonOf } from "../shared/command.ts";
import { answerOf } from "./answer-of.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Of one request, in ms. */
export const TIMEOUT_MS = 10_000;
/** A receipt or a session of an hour is not much worse for it; beyond, people are told wrong times. */
const MAX_SKEW_MS = 60_000;

const healthSchema = answerOf<typeof menuOperations.checkHealth>()(z.object({ status: z.literal("ok") }));
const readySchema = answerOf<typeof menuOperations.checkReadiness>()(
  z.looseObject({ checks: z.record(z.string(), z.string()) }),
);
const problemSchema = z.looseObject({ code: z.string(), detail: z.string() });

/** What to do about the ways of not being ready, by the problem's code. */
const REMEDIES: Readonly<Record<string, string>> = {
  storage_unavailable: "`npm run deploy` applies what is missing; a database that does not answer usually does soon",
  backbone_unavailable: "`npm run backbone -- use <name>`, then `npm run deploy`",
  misconfigured: "correct [vars] in wrangler.toml, or `npx wrangler secret put`, and deploy",
};

/** One failure where nothing can be asked there. */
export async function examineHealth(url: string): Promise<Finding[]> {
  const remedy = "start it with `npm start`, deploy it with `npm run deploy`, or give another --url";
  const startedAt = Date.now();
  try {
    const { response, body } = await get(`${url}/v1/health`);
    if (!healthSchema.safeParse(body).success) {
      return [fail("deployment", `${url} answers ${response.status}, and is not Headstart`, remedy)];
    }
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
  if (Number.isNaN(there)) return ok("clock", "not compared: the answers carry no time (a header `Date`)");
  const skew = Math.max(0, startedAt - there - 1_000, there - endedAt);
  if (skew <= MAX_SKEW_MS) return ok("clock", `as the server's to ${Math.ceil(skew / 1_000)} s`);
  return warn("clock", `${Math.round(skew / 1_000)} s off the server's`, "set this machine's clock");
}

/** Migrations, backbone and head, by the deployment's own word. Throws what `fetch` throws. */
export async function examineReadiness(url: string): Promise<Finding> {
  const { response, body } = await get(`${url}/v1/ready`);
  const ready = readySchema.safeParse(body);
  if (ready.success)
    return ok("ready", `all migrations are applied, the backbone loads, head: ${ready.data.checks.head}`);
  const { data } = problemSchema.safeParse(body);
  if (response.status === 404) return warn("ready", "an older version, which cannot say", "`npm run deploy`");
  if (data === undefined) return fail("ready", `it answers ${response.status}`, "look at `npx wrangler tail`");
  return fail("ready", data.detail, REMEDIES[data.code] ?? "look at `npx wrangler tail`");
}

/** The body is null where it is not JSON. */
async function get(address: string): Promise<{ readonly response: Response; readonly body: unknown }> {
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
  return { response, body: await response.json().catch(() => null) };
}
