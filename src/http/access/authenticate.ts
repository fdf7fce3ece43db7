/**
 * From a secret to who it stands for: the bootstrap secret `ADMIN_TOKEN` until it has made the first admin key, or an API key. Keys
 * are found by their hash. Nothing here ever says how close a wrong secret came.
 */
import type { Context } from "hono";
import { timingSafeEqual } from "hono/utils/buffer";
import type { SecretIdentity } from "../../application/caller.ts";
import type { Services } from "../../services.ts";
import { hashSecret, isSecretShaped, MAX_SECRET_CHARACTERS } from "../../shared/api-secret.ts";
import { bootstrapSpent, tooManyWrongKeys, wrongSecret } from "../../shared/english/access.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type ApiKey, noteKeyUse } from "../../store/access/api-keys.ts";
import { writeBesideAnswer } from "../answers/beside-answer.ts";
import type { AppEnv } from "../app-env.ts";
import { readLimitedSource, slowDown } from "./limit-requests.ts";

/**
 * Says who sent this secret. Errors: `unauthorized`, which tells whoever sends a spent bootstrap secret what to do; `rate_limited` once a
 * network has sent too many wrong secrets. Nobody's guesses keep a right secret out.
 */
export async function authenticate(c: Context<AppEnv>, secret: string): Promise<Result<SecretIdentity, Problem>> {
  const source = readLimitedSource(c);
  const { requestLimits, clock } = c.get("services");
  const ms = source === null ? 0 : requestLimits.wrongSecrets.wait(source, clock());
  if (ms > 0 && !(await isInUse(c.get("services"), secret))) return err(slowDown(tooManyWrongKeys, ms));
  const identity = await identify(c, secret);
  if (!identity.ok && source !== null) requestLimits.wrongSecrets.take(source, clock());
  return identity;
}

/** Says whether a secret is right. However many somebody tries, that costs one query now and then. */
async function isInUse({ config, db, keyCache, clock }: Services, secret: string): Promise<boolean> {
  if (secret.length > MAX_SECRET_CHARACTERS) return false;
  if (await timingSafeEqual(secret, config.adminToken)) return true;
  return isSecretShaped(secret) && (await keyCache.isInUse(db, await hashSecret(secret), clock()));
}

async function identify(c: Context<AppEnv>, secret: string): Promise<Result<SecretIdentity, Problem>> {
  if (secret.length > MAX_SECRET_CHARACTERS) return WRONG_SECRET;
  const secretHash = await hashSecret(secret);
  if (await timingSafeEqual(secret, c.get("services").config.adminToken))
    return identifyBootstrap(c.get("services"), secretHash);
  return isSecretShaped(secret) ? identifyKey(c, secretHash) : WRONG_SECRET;
}

/** Who a session belongs to, by the hash that it carries: `unauthorized` once its key or token is worth nothing. */
export async function identifyByHash(c: Context<AppEnv>, secretHash: string): Promise<Result<SecretIdentity, Problem>> {
  const isBootstrap = secretHash === (await hashSecret(c.get("services").config.adminToken));
  return isBootstrap ? identifyBootstrap(c.get("services"), secretHash) : identifyKey(c, secretHash);
}

async function identifyBootstrap(
  { db, keyCache, clock }: Services,
  secretHash: string,
): Promise<Result<SecretIdentity, Problem>> {
  if (await keyCache.isSpent(db, secretHash, clock())) return err(bootstrapSpent());
  return ok({ kind: "bootstrap", role: "admin", actor: "admin", secretHash });
}

async function identifyKey(c: Context<AppEnv>, secretHash: string): Promise<Result<SecretIdentity, Problem>> {
  const { db, keyCache, clock } = c.get("services");
  const key = await keyCache.readKey(db, secretHash, clock());
  if (key === null) return WRONG_SECRET;
  noteUse(c, key);
  return ok({ kind: "key", role: key.role, actor: key.id, place: key.place, secretHash });
}

/** Off the answer's path, and at most once an hour: a classification writes nothing of its own. */
function noteUse(c: Context<AppEnv>, key: ApiKey): void {
  const { db, keyCache, clock } = c.get("services");
  if (!keyCache.takeUse(key, clock())) return;
  const failed = { event: "key_use_not_noted", key: key.id };
  writeBesideAnswer(c, noteKeyUse(db, key.id, clock()), failed);
}

const WRONG_SECRET = err(wrongSecret());
