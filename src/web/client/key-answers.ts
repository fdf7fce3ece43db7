/** Shapes of the API's answers about keys, as `docs/api.md` lists them. Pure. */
import { type Decoded, list, nullable, object, text } from "./decode.ts";

const keyFields = {
  id: text,
  name: text,
  role: text,
  createdAt: text,
  expiresAt: nullable(text),
  lastUsedAt: nullable(text),
  revokedAt: nullable(text),
};
const apiKey = object(keyFields);
export type ApiKey = Decoded<typeof apiKey>;
export const keyList = object({ keys: list(apiKey) });

export const keyWithSecret = object({ ...keyFields, secret: text });
export type KeyWithSecret = Decoded<typeof keyWithSecret>;
