/**
 * Bursts and daily quotas, of keys below admin and of guests' networks. Buckets and counters are in memory, so a request waits for no
 * query; the binding counts for the whole location where there is one. Frames of pages are free, and so is the machine itself:
 * on Cloudflare no request comes from a loopback address or from none.
 */
import type { Context, MiddlewareHandler } from "hono";
import { type Problem, problem } from "../../shared/problem.ts";
import { GUEST_BURST, KEY_BURST } from "../../shared/request-limits.ts";
import { DAY_MS } from "../../shared/time.ts";
import { findAccessRule } from "../access-rules.ts";
import type { AppEnv } from "../app-env.ts";
import { writeBesideAnswer } from "../beside-answer.ts";
import { readClientNetwork } from "../client-network.ts";
import { readContributor } from "../contributor.ts";
import { respondProblem } from "../problem-response.ts";
import { findRoute } from "./require-access.ts";

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/i;

export function limitRequests(): MiddlewareHandler<AppEnv> {
  return async function limitRequests(c, next) {
    if (!isLimited(c)) return next();
    const refusal = (await findBurst(c)) ?? (await findSpentQuota(c));
    flushUsage(c);
    return refusal === null ? next() : respondProblem(c, refusal);
  };
}

/** `rate_limited` when this network has sent so many wrong secrets that no more are looked up for a while; else null. */
export function findGuessing(c: Context<AppEnv>): Problem | null {
  const network = limitedNetwork(c);
  if (network === null) return null;
  const { requestLimits, clock } = c.get("services");
  const ms = requestLimits.wrongSecrets.wait(network, clock());
  return ms === 0 ? null : slowDown("Too many wrong keys came from this network", ms);
}

/** Remembers that this network sent a wrong secret. */
export function noteWrongSecret(c: Context<AppEnv>): void {
  const network = limitedNetwork(c);
  const { requestLimits, clock } = c.get("services");
  if (network !== null) requestLimits.wrongSecrets.take(network, clock());
}

function isLimited(c: Context<AppEnv>): boolean {
  const route = findRoute(c);
  if (route === undefined) return false;
  const isFrame = route.method === "GET" && findAccessRule(route.method, route.path)?.least === "guest";
  if (isFrame || c.get("role") === "admin") return false;
  return c.get("identity") !== null || limitedNetwork(c) !== null;
}

/** The network that is asking; null for the machine itself. */
function limitedNetwork(c: Context<AppEnv>): string | null {
  const address = c.req.header("cf-connecting-ip");
  return address === undefined || LOOPBACK.test(address) ? null : readClientNetwork(address).network;
}

async function findBurst(c: Context<AppEnv>): Promise<Problem | null> {
  const { requestLimits, clock } = c.get("services");
  const { guestBursts, keyBursts, bindings } = requestLimits;
  const key = c.get("identity")?.actor;
  const subject = key ?? limitedNetwork(c) ?? "";
  const ms = (key === undefined ? guestBursts : keyBursts).take(subject, clock());
  const { periodMs } = key === undefined ? GUEST_BURST : KEY_BURST;
  const what = key === undefined ? "This network asks too often" : "This key asks too often";
  if (ms > 0) return slowDown(what, ms);
  const binding = key === undefined ? bindings.GUEST_BURSTS : bindings.KEY_BURSTS;
  if (binding === undefined || (await binding.limit({ key: subject })).success) return null;
  return slowDown(what, periodMs); // the binding does not say when its period ends
}

/** Only what costs is counted: photos, corrections, changes. */
async function findSpentQuota(c: Context<AppEnv>): Promise<Problem | null> {
  if (c.req.method === "GET" || c.req.method === "HEAD") return null;
  const { config, requestLimits, clock } = c.get("services");
  const quota = c.get("identity") === null ? config.dailyQuota.guest : config.dailyQuota.key;
  const now = clock();
  if (quota === 0 || requestLimits.usage.take(await readContributor(c), quota, now)) return null;
  const detail = `The ${quota} requests of today have been used up. The next day begins at midnight UTC.`;
  return { ...problem("quota_exceeded", detail), retryAfterSeconds: Math.ceil((DAY_MS - (now % DAY_MS)) / 1_000) };
}

function flushUsage(c: Context<AppEnv>): void {
  const { db, requestLimits, clock } = c.get("services");
  if (!requestLimits.usage.isDue(clock())) return;
  writeBesideAnswer(c, requestLimits.usage.flush(db, clock()), { event: "usage_not_stored" });
}

function slowDown(what: string, ms: number): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil(ms / 1_000));
  return { ...problem("rate_limited", `${what}. Try again in ${retryAfterSeconds} s.`), retryAfterSeconds };
}
