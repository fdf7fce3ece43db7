/** API keys of a deployment under test, made without spending its admin token. */
import { env } from "cloudflare:workers";
import type { KeyRole } from "../../src/shared/role.ts";
import { type ApiKeyWithSecret, makeApiKey } from "../../src/store/access/api-keys.ts";
import { openDatabase } from "../../src/store/database.ts";
import { type Answer, json, send } from "./worker-client.ts";

/** Makes a key; with `expiresAt` in the past it has expired. */
export async function makeKey(role: KeyRole, expiresAt: number | null = null): Promise<ApiKeyWithSecret> {
  const key = { name: `a ${role} key`, role, expiresAt };
  const made = await makeApiKey(openDatabase(env.DB), key, { actor: "test", bootstrapHash: null }, Date.now());
  if (!made.ok) throw new Error(made.error.detail);
  return made.value;
}

/** Sends a request with this key or token. */
export function sendWith(
  secret: string,
  path: string,
  init: RequestInit<IncomingRequestCfProperties> = {},
  bindings: Env = env,
): Promise<Answer> {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${secret}`);
  return send(path, { ...init, headers }, bindings);
}

/** Signs in with this secret and returns the cookie, or null where it is refused. */
export async function signIn(token: string, bindings: Env = env): Promise<string | null> {
  const answer = await send("/v1/admin/session", json({ token }), bindings);
  return answer.status === 204 ? (answer.headers.get("set-cookie") ?? "").split(";")[0] : null;
}
