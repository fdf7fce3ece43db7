/**
 * Bursts and daily quotas, of keys below admin and of guests' networks. Buckets and counters are in memory, so a request waits for no
 * query; the bindings count for the whole location where there are some. Pages without data are free, and so is the machine itself:
 * on Cloudflare no request comes from a loopback address or from none. Signing in and out is free too: nobody's guests may keep staff
 * out, and wrong secrets are slowed down by `authenticate.ts`.
 */
import type { Context, MiddlewareHandler } from "hono";
import { GUEST_BURST, KEY_BURST, NETWORKS_OF_SITE, type Source } from "../../shared/bursts.ts";
import { siteOf } from "../../shared/contributor.ts";
import { keyTooOften, networkTooOften, quotaSpent } from "../../shared/english/access.ts";
import type { Problem } from "../../shared/problem.ts";
import { DAY_MS } from "../../shared/time.ts";
import { writeBesideAnswer } from "../answers/beside-answer.ts";
import { respondProblem } from "../answers/problem-response.ts";
import type { AppEnv } from "../app-env.ts";
import { readClientNetwork, readContributor } from "./contributor.ts";
import { findRoute } from "./require-access.ts";

/* Where a request comes from, as far as limits go by it. */

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/i;

/** Null for the machine itself, which nothing limits. */
export function readLimitedSource(c: Context<AppEnv>): Source | null {
  const address = c.req.header("cf-connecting-ip");
  if (address === undefined || LOOPBACK.test(address)) return null;
  const { network, site, isSiteOfOne } = readClientNetwork(address);
  return { network, site: isSiteOfOne ? site : null };
}

/** `rate_limited`, with the whole seconds until it is worth coming again. */
export function slowDown(refuse: (wait: { seconds: number }) => Problem, ms: number): Problem {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  return { ...refuse({ seconds }), retryAfterSeconds: seconds };
}

const SESSION_PATH = "/v1/admin/session";

/** Refuses with 429 and says when to come again. Admins, and people who open a page, are not limited. */
export function limitRequests(): MiddlewareHandler<AppEnv> {
  return async function limitRequests(c, next) {
    if (!isLimited(c)) return next();
    const refusal = await takeOne(c);
    flushUsage(c);
    return refusal === null ? next() : respondProblem(c, refusal);
  };
}

/** Counts one more thing to do, of a request that brings many. Null while it is within the limits. */
export async function refuseOneMore(c: Context<AppEnv>): Promise<Problem | null> {
  return isLimited(c) ? takeOne(c) : null;
}

async function takeOne(c: Context<AppEnv>): Promise<Problem | null> {
  return (await findBurst(c)) ?? (await findSpentQuota(c));
}

function isLimited(c: Context<AppEnv>): boolean {
  const route = findRoute(c);
  if (route === undefined || c.get("role") === "admin") return false;
  const isPage = route.method === "GET" && !route.path.startsWith("/v1/");
  const isSigning = route.method !== "GET" && route.path === SESSION_PATH;
  if (isPage || isSigning) return false;
  return c.get("identity") !== null || readLimitedSource(c) !== null;
}

function findBurst(c: Context<AppEnv>): Promise<Problem | null> {
  const key = c.get("identity")?.actor;
  return key === undefined ? findBurstOfGuest(c) : findBurstOfKey(c, key);
}

async function findBurstOfGuest(c: Context<AppEnv>): Promise<Problem | null> {
  const source = readLimitedSource(c);
  if (source === null) return null;
  const { requestLimits, clock } = c.get("services");
  const { guestBursts, bindings } = requestLimits;
  const ms = guestBursts.take(source, clock());
  if (ms > 0) return slowDown(networkTooOften, ms);
  const isWithin =
    (await isWithinBinding(bindings.GUEST_BURSTS, source.network)) &&
    (source.site === null || (await isWithinBinding(bindings.SITE_BURSTS, source.site)));
  return isWithin ? null : slowDown(networkTooOften, GUEST_BURST.periodMs);
}

async function findBurstOfKey(c: Context<AppEnv>, key: string): Promise<Problem | null> {
  const { requestLimits, clock } = c.get("services");
  const ms = requestLimits.keyBursts.take(key, clock());
  if (ms > 0) return slowDown(keyTooOften, ms);
  const isWithin = await isWithinBinding(requestLimits.bindings.KEY_BURSTS, key);
  return isWithin ? null : slowDown(keyTooOften, KEY_BURST.periodMs);
}

/** A binding does not say when its period ends, so a caller who is refused waits for a whole one. */
async function isWithinBinding(binding: RateLimit | undefined, subject: string): Promise<boolean> {
  return binding === undefined || (await binding.limit({ key: subject })).success;
}

/** Only what costs is counted: photos, corrections, changes. */
async function findSpentQuota(c: Context<AppEnv>): Promise<Problem | null> {
  if (c.req.method === "GET" || c.req.method === "HEAD") return null;
  const { config, clock } = c.get("services");
  const quota = c.get("identity") === null ? config.dailyQuota.guest : config.dailyQuota.key;
  const now = clock();
  if (quota === 0 || takeOfQuota(c, await readContributor(c), quota)) return null;
  return { ...quotaSpent({ quota }), retryAfterSeconds: Math.ceil((DAY_MS - (now % DAY_MS)) / 1_000) };
}

function takeOfQuota(c: Context<AppEnv>, contributor: string, quota: number): boolean {
  const { requestLimits, clock } = c.get("services");
  const { usage } = requestLimits;
  if (!usage.take(contributor, quota, clock())) return false;
  const hasSite = c.get("identity") === null && readLimitedSource(c)?.site != null;
  return !hasSite || usage.take(siteOf(contributor), quota * NETWORKS_OF_SITE, clock());
}

function flushUsage(c: Context<AppEnv>): void {
  const { db, requestLimits, clock } = c.get("services");
  if (!requestLimits.usage.isDue(clock())) return;
  writeBesideAnswer(c, requestLimits.usage.flush(db, clock()), { event: "usage_not_stored" });
}
