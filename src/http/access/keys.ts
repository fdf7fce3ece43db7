/** API keys: list, make, rotate, revoke. A secret is in one answer, once. */
import type { Context } from "hono";
import type { Caller } from "../../application/caller.ts";
import { accessOperations } from "../../operations/keys.ts";
import type { Services } from "../../services.ts";
import { hashSecret } from "../../shared/api-secret.ts";
import { ok } from "../../shared/result.ts";
import { DAY_MS, toIsoTime } from "../../shared/time.ts";
import { type ApiKey, listApiKeys, makeApiKey, revokeApiKey, rotateApiKey } from "../../store/access/api-keys.ts";
import type { AppEnv } from "../app-env.ts";
import { serve } from "../serve.ts";
import { callerOf } from "./caller.ts";

/** Of `accessOperations`. */
export const keyHandlers = [
  serve(accessOperations.listKeys, async (c) => ok({ keys: (await listApiKeys(c.get("services").db)).map(toBody) })),
  serve(accessOperations.makeKey, async (c, { body }) => {
    const { db, keyCache, clock } = c.get("services");
    const { name, role, expiresInDays: days, place = null } = body;
    const now = clock();
    const made = await makeApiKey(
      db,
      { name, role, place, expiresAt: endOf(days, now) ?? null },
      await readActor(c.get("services"), callerOf(c)),
      now,
    );
    keyCache.clear();
    return made.ok ? ok(withSecret(c, made.value)) : made;
  }),
  serve(accessOperations.rotateKey, async (c, { params, body }) => {
    const { db, keyCache, clock } = c.get("services");
    const now = clock();
    const expiresAt = endOf(body.expiresInDays, now);
    const rotated = await rotateApiKey(db, params.id, expiresAt, await readActor(c.get("services"), callerOf(c)), now);
    keyCache.clear();
    return rotated.ok ? ok(withSecret(c, rotated.value)) : rotated;
  }),
  serve(accessOperations.revokeKey, async (c, { params }) => {
    const { db, keyCache, clock } = c.get("services");
    const bootstrapHash = await ownBootstrapHash(c.get("services"));
    const revoked = await revokeApiKey(
      db,
      params.id,
      await readActor(c.get("services"), callerOf(c)),
      bootstrapHash,
      clock(),
    );
    keyCache.clear();
    return revoked.ok ? ok(null) : revoked;
  }),
];

function endOf(days: number | undefined, now: number): number | undefined {
  return days === undefined ? undefined : now + days * DAY_MS;
}

async function readActor(services: Services, { actor, identity }: Caller) {
  return { actor, bootstrapHash: identity?.kind === "bootstrap" ? await ownBootstrapHash(services) : null };
}

function ownBootstrapHash({ config }: Services): Promise<string> {
  return hashSecret(config.adminToken);
}

/** No cache may keep it. */
function withSecret(c: Context<AppEnv>, key: ApiKey & { readonly secret: string }) {
  c.header("cache-control", "no-store");
  return { ...toBody(key), secret: key.secret };
}

function toBody({ id, name, role, createdAt, expiresAt, lastUsedAt, revokedAt, place }: ApiKey) {
  const times = { expiresAt: toIsoTime(expiresAt), lastUsedAt: toIsoTime(lastUsedAt), revokedAt: toIsoTime(revokedAt) };
  return { id, name, role, place, createdAt: new Date(createdAt).toISOString(), ...times };
}
