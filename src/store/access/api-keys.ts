/**
 * API keys: make, list, find by hash, rotate, revoke, and note that one was used. Secrets pass through to be shown once; what is
 * stored is their hash. The first admin key spends the bootstrap secret in the same transaction that makes the key.
 */
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { hashSecret, makeKeyId, makeSecret } from "../../shared/api-secret.ts";
import { bootstrapSpent, keyExpired, keyRevoked, lastAdminKey, noSuchKey } from "../../shared/english/access.ts";
import { noSuchPlace } from "../../shared/english/menu.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { KeyRole } from "../../shared/role.ts";
import { type AuditEntry, noteAudit, noteAuditOfChange } from "../audit-log.ts";
import { type Database, isUniqueViolation } from "../database.ts";
import { hasPlace } from "../places/places.ts";
import { apiKeys, spentBootstraps } from "./tables.ts";

/** Times are Unix ms. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: KeyRole;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
  /** The place that its requests come from; null where they name one or none. */
  readonly place: string | null;
}

/** A key with the one showing of its secret. */
export type ApiKeyWithSecret = ApiKey & { readonly secret: string };

interface NewApiKey {
  readonly name: string;
  readonly role: KeyRole;
  readonly expiresAt: number | null;
  readonly place?: string | null;
}

/** The one who asks for a change: their name in the audit log, and the hash of the bootstrap secret if they used it. */
interface KeyActor {
  readonly actor: string;
  readonly bootstrapHash: string | null;
}

/** A day of use costs a key 24 rows at most. */
export const KEY_USE_INTERVAL_MS = 3_600_000;

const LISTED_KEYS = 1_000;

const COLUMNS = {
  id: apiKeys.id,
  name: apiKeys.name,
  role: apiKeys.role,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
  place: apiKeys.place,
};

/** Those in use first, then by age, newest first; at most 1,000. */
export async function listApiKeys(db: Database): Promise<ApiKey[]> {
  const order = [sql`${apiKeys.revokedAt} IS NOT NULL`, desc(apiKeys.createdAt), apiKeys.id];
  return db
    .select(COLUMNS)
    .from(apiKeys)
    .orderBy(...order)
    .limit(LISTED_KEYS);
}

/** The key with this secret's hash, whatever its state. */
export async function findApiKey(db: Database, secretHash: string): Promise<ApiKey | null> {
  const [found] = await db.select(COLUMNS).from(apiKeys).where(eq(apiKeys.secretHash, secretHash));
  return found ?? null;
}

/** The hashes of the secrets of all keys in use, at most 1,000: the newest. */
export async function listHashesInUse(db: Database, now: number): Promise<string[]> {
  const rows = await db
    .select({ secretHash: apiKeys.secretHash })
    .from(apiKeys)
    .where(and(isNull(apiKeys.revokedAt), sql`coalesce(${apiKeys.expiresAt}, ${now + 1}) > ${now}`))
    .orderBy(desc(apiKeys.createdAt))
    .limit(LISTED_KEYS);
  return rows.map(({ secretHash }) => secretHash);
}

/** Makes a key. Errors: `not_found` where there is no such place; `unauthorized` when the bootstrap secret has made its admin key already. */
export async function makeApiKey(
  db: Database,
  { name, role, expiresAt, place = null }: NewApiKey,
  { actor, bootstrapHash }: KeyActor,
  now: number,
): Promise<Result<ApiKeyWithSecret, Problem>> {
  if (place !== null && !(await hasPlace(db, place))) return err(noSuchPlace({ place }));
  const id = makeKeyId();
  const secret = makeSecret(id);
  const key: ApiKey = { id, name, role, createdAt: now, expiresAt, lastUsedAt: null, revokedAt: null, place };
  const spends = role === "admin" && bootstrapHash !== null;
  // Without a conflict clause: of two first admin keys made at the same moment one fails, and its whole transaction with it.
  const spending = spends ? [db.insert(spentBootstraps).values({ secretHash: bootstrapHash, spentAt: now })] : [];
  const entry: AuditEntry = { at: now, actor, action: "keys.make", detail: { key: id, role, spentBootstrap: spends } };
  try {
    await db.batch([
      db.insert(apiKeys).values({ ...key, secretHash: await hashSecret(secret) }),
      noteAudit(db, entry),
      ...spending,
    ]);
  } catch (error) {
    if (spends && isUniqueViolation(error)) return err(bootstrapSpent());
    throw error;
  }
  return ok({ ...key, secret });
}

/** Gives a key a new secret; the old one is worth nothing. `expiresAt` undefined keeps the end. Errors: `not_found`, `key_ended`. */
export async function rotateApiKey(
  db: Database,
  id: string,
  expiresAt: number | null | undefined,
  { actor }: KeyActor,
  now: number,
): Promise<Result<ApiKeyWithSecret, Problem>> {
  const secret = makeSecret(id);
  const isInUse = and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt));
  const isAlive = expiresAt === undefined ? sql`coalesce(expires_at, ${now + 1}) > ${now}` : undefined;
  const change = { secretHash: await hashSecret(secret), ...(expiresAt === undefined ? {} : { expiresAt }) };
  const [[key]] = await db.batch([
    db.update(apiKeys).set(change).where(and(isInUse, isAlive)).returning(COLUMNS),
    noteAuditOfChange(db, { at: now, actor, action: "keys.rotate", detail: { key: id } }),
  ]);
  return key === undefined ? err(await explainMissing(db, id)) : ok({ ...key, secret });
}

/**
 * Ends a key. Doing it again changes nothing. Errors: `not_found`; `last_admin_key` when nobody could administer the
 * deployment afterwards: there is no other admin key that lasts, and the bootstrap secret is spent.
 */
export async function revokeApiKey(
  db: Database,
  id: string,
  { actor }: KeyActor,
  bootstrapHash: string,
  now: number,
): Promise<Result<void, Problem>> {
  const [found] = await db.select(COLUMNS).from(apiKeys).where(eq(apiKeys.id, id));
  if (found === undefined) return err(noSuchKey({ id }));
  if (found.revokedAt !== null) return ok(undefined);
  const mayEnd = sql`(role <> 'admin' OR ${hasOtherAdmin(id, now)} OR NOT ${isSpent(bootstrapHash)})`;
  const isInUse = and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt));
  const [ended] = await db.batch([
    db.update(apiKeys).set({ revokedAt: now }).where(and(isInUse, mayEnd)).returning({ id: apiKeys.id }),
    noteAuditOfChange(db, { at: now, actor, action: "keys.revoke", detail: { key: id } }),
  ]);
  return ended.length === 0 ? err(lastAdminKey()) : ok(undefined);
}

function hasOtherAdmin(id: string, now: number): SQL {
  return sql`EXISTS (SELECT 1 FROM api_keys AS other WHERE other.role = 'admin' AND other.id <> ${id}
    AND other.revoked_at IS NULL AND (other.expires_at IS NULL OR other.expires_at > ${now}))`;
}

function isSpent(bootstrapHash: string): SQL {
  return sql`EXISTS (SELECT 1 FROM spent_bootstraps WHERE secret_hash = ${bootstrapHash})`;
}

/** Whether this value of the bootstrap secret has made its admin key. */
export async function isBootstrapSpent(db: Database, bootstrapHash: string): Promise<boolean> {
  const rows = await db.select().from(spentBootstraps).where(eq(spentBootstraps.secretHash, bootstrapHash));
  return rows.length > 0;
}

/** Notes that a key was used, unless that was noted within the last hour: isolates do not know of each other. */
export async function noteKeyUse(db: Database, id: string, now: number): Promise<void> {
  const isOld = sql`coalesce(last_used_at, 0) <= ${now - KEY_USE_INTERVAL_MS}`;
  await db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, id), isOld));
}

async function explainMissing(db: Database, id: string): Promise<Problem> {
  const [found] = await db.select({ revokedAt: apiKeys.revokedAt }).from(apiKeys).where(eq(apiKeys.id, id));
  if (found === undefined) return noSuchKey({ id });
  return found.revokedAt === null ? keyExpired({ id }) : keyRevoked({ id });
}
