/** Shapes of the API's answers about keys, as `docs/api.md` lists them. Pure. */
import type { accessOperations } from "../../operations/keys.ts";
import { answerOf, type Decoded, list, nullable, object, text } from "./decode.ts";

const keyFields = {
  id: text,
  name: text,
  role: text,
  createdAt: text,
  expiresAt: nullable(text),
  lastUsedAt: nullable(text),
  revokedAt: nullable(text),
  place: nullable(text),
};
const apiKey = object(keyFields);
/** Times are ISO 8601; null where the key has no end, was never used, or is not revoked. */
export type ApiKey = Decoded<typeof apiKey>;
/** The answer of `GET /v1/admin/keys`. */
export const keyList = answerOf<typeof accessOperations.listKeys>()(object({ keys: list(apiKey) }));

/** The one answer that holds a secret: to making or rotating a key. */
export const keyWithSecret = answerOf<typeof accessOperations.makeKey>()(object({ ...keyFields, secret: text }));
/** Shown once and kept nowhere. */
export type KeyWithSecret = Decoded<typeof keyWithSecret>;
