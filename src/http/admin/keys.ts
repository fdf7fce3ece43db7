/** API keys: list, make, rotate, revoke. A secret is in one answer, once. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { hashSecret } from "../../shared/api-secret.ts";
import { KEY_ROLES } from "../../shared/role.ts";
import { DAY_MS, toIsoTime } from "../../shared/time.ts";
import { type ApiKey, listApiKeys, makeApiKey, revokeApiKey, rotateApiKey } from "../../store/api-keys.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";
import { readJson, readOptionalJson } from "../request-body.ts";
import { typedText } from "../typed-text.ts";
import { itemId } from "./class-fields.ts";

const MAX_NAME_CHARACTERS = 80;
const MAX_LIFE_DAYS = 3_650;

const expiresInDays = z.number().int().min(1).max(MAX_LIFE_DAYS);
/** The body of `POST /v1/admin/keys`; without `expiresInDays` the key lasts until it is revoked. */
export const newKeySchema = z.strictObject({
  name: typedText(MAX_NAME_CHARACTERS, "say what the key is for").min(1, "is empty"),
  role: z.enum(KEY_ROLES, { error: `is none of ${KEY_ROLES.join(", ")}` }),
  expiresInDays: expiresInDays.optional(),
  place: itemId.optional().meta({ description: "The id of a place: what comes with the key comes from there" }),
});
/** The body of `POST /v1/admin/keys/{id}/rotate`, which may be left out. */
export const rotateSchema = z.strictObject({ expiresInDays: expiresInDays.optional() });

/** Mounted at `/v1/admin/keys`. */
export const keyRoutes = new Hono<AppEnv>()
  .get("/", async (c) => c.json({ keys: (await listApiKeys(c.get("services").db)).map(toBody) }))
  .post("/", async (c) => {
    const body = await readJson(c, newKeySchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, keyCache, clock } = c.get("services");
    const { name, role, expiresInDays: days, place = null } = body.value;
    const now = clock();
    const made = await makeApiKey(
      db,
      { name, role, place, expiresAt: endOf(days, now) ?? null },
      await readActor(c),
      now,
    );
    keyCache.clear();
    return made.ok ? showSecret(c, made.value, 201) : respondProblem(c, made.error);
  })
  .post("/:id/rotate", async (c) => {
    const body = await readOptionalJson(c, rotateSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, keyCache, clock } = c.get("services");
    const now = clock();
    const expiresAt = endOf(body.value.expiresInDays, now);
    const rotated = await rotateApiKey(db, c.req.param("id"), expiresAt, await readActor(c), now);
    keyCache.clear();
    return rotated.ok ? showSecret(c, rotated.value, 200) : respondProblem(c, rotated.error);
  })
  .delete("/:id", async (c) => {
    const { db, keyCache, clock } = c.get("services");
    const bootstrapHash = await ownBootstrapHash(c);
    const revoked = await revokeApiKey(db, c.req.param("id"), await readActor(c), bootstrapHash, clock());
    keyCache.clear();
    return revoked.ok ? c.body(null, 204) : respondProblem(c, revoked.error);
  });

function endOf(days: number | undefined, now: number): number | undefined {
  return days === undefined ? undefined : now + days * DAY_MS;
}

async function readActor(c: Context<AppEnv>) {
  const isBootstrap = c.get("identity")?.kind === "bootstrap";
  return { actor: c.get("actor"), bootstrapHash: isBootstrap ? await ownBootstrapHash(c) : null };
}

function ownBootstrapHash(c: Context<AppEnv>): Promise<string> {
  return hashSecret(c.get("services").config.adminToken);
}

function showSecret(c: Context<AppEnv>, key: ApiKey & { readonly secret: string }, status: 200 | 201): Response {
  return c.json({ ...toBody(key), secret: key.secret }, status, { "cache-control": "no-store" });
}

function toBody({ id, name, role, createdAt, expiresAt, lastUsedAt, revokedAt, place }: ApiKey) {
  const times = { expiresAt: toIsoTime(expiresAt), lastUsedAt: toIsoTime(lastUsedAt), revokedAt: toIsoTime(revokedAt) };
  return { id, name, role, place, createdAt: new Date(createdAt).toISOString(), ...times };
}
