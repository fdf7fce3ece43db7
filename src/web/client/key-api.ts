/** The admin routes about keys, as functions. */
import { type Answer, callAdmin } from "./admin-api.ts";
import { nothing } from "./decode.ts";
import { type KeyWithSecret, keyList, keyWithSecret } from "./key-answers.ts";

/** Revoked and expired keys are among them. */
export const fetchKeys = () => callAdmin({ path: "/keys" }, keyList);

/** Without `expiresInDays` it works until it is revoked; `place` is the id of the place that it is for. */
export function makeKey(
  name: string,
  role: string,
  expiresInDays: number | null,
  place?: string,
): Answer<KeyWithSecret> {
  const lasting = place === undefined ? { name, role } : { name, role, place };
  const json = expiresInDays === null ? lasting : { ...lasting, expiresInDays };
  return callAdmin({ method: "POST", path: "/keys", json }, keyWithSecret);
}

/** The old secret is worth nothing from then on. */
export function rotateKey(id: string): Answer<KeyWithSecret> {
  return callAdmin({ method: "POST", path: `/keys/${encodeURIComponent(id)}/rotate` }, keyWithSecret);
}

/** Cannot be undone. */
export function revokeKey(id: string): Answer<void> {
  return callAdmin({ method: "DELETE", path: `/keys/${encodeURIComponent(id)}` }, nothing);
}
