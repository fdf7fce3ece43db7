/** Who may come: API keys, and what the one that was sent is. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { KEY_ROLES } from "../shared/role.ts";
import { itemId, typedText } from "./class-fields.ts";
import { time } from "./common.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, needs, type Operations, optionalJsonBody } from "./operation.ts";

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

const keyId = once(() => z.string().meta({ description: "A key's id", examples: ["k_9f86d081884c7d65"] }));
const role = once(() => z.enum(KEY_ROLES).meta({ description: "Each may do what those before it may" }));

const keyFields = once(() => ({
  id: keyId(),
  name: z.string(),
  role: role(),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable().meta({ description: "To the hour" }),
  revokedAt: time.nullable(),
  place: z
    .string()
    .nullable()
    .meta({ description: "The place that its requests come from; null where they name one or none" }),
}));
const key = once(() => z.strictObject(keyFields()).meta({ id: "ApiKey" }));
const shownKey = once(() =>
  z
    .strictObject({ ...keyFields(), secret: z.string().meta({ description: "Never shown again" }) })
    .meta({ id: "ApiKeyWithSecret" }),
);
const identity = once(() =>
  z
    .strictObject({
      role: role(),
      actor: z.string().meta({ description: "A key's id, or `admin` for the bootstrap secret" }),
    })
    .meta({ id: "Identity" }),
);
const limit = once(() =>
  z
    .strictObject({ name: z.string(), value: z.number(), unit: z.string(), description: z.string() })
    .meta({ id: "Limit" }),
);
const params = once(() => z.object({ id: keyId() }));

/** Keys, the limits of the deployment, and who is signed in. */
export const accessOperations = {
  readIdentity: {
    route: "GET /v1/admin/session",
    access: needs("classify"),
    summary: "What the key or session may do that was sent",
    answers: { 200: json("Its role, and its name in the audit log", identity) },
    problems: [],
  },
  listKeys: {
    route: "GET /v1/admin/keys",
    access: needs("admin"),
    isTagged: true,
    summary: "All keys, those in use first",
    answers: { 200: json("At most 1,000", () => z.strictObject({ keys: z.array(key()) }).meta({ id: "ApiKeys" })) },
    problems: [],
  },
  makeKey: {
    route: "POST /v1/admin/keys",
    access: needs("admin"),
    repeats: "refused",
    summary: "Makes a key",
    description: "The first one with the role `admin` spends the bootstrap secret that makes it.",
    body: jsonBody(newKeySchema),
    answers: { 201: json("The key with its secret", shownKey) },
    problems: [...BODY_PROBLEMS, "not_found"],
  },
  rotateKey: {
    route: "POST /v1/admin/keys/:id/rotate",
    access: needs("admin"),
    repeats: "refused",
    summary: "Gives a key a new secret; the old one is worth nothing",
    params,
    body: optionalJsonBody(rotateSchema),
    answers: { 200: json("The key with its new secret", shownKey) },
    problems: [...BODY_PROBLEMS, "not_found", "key_ended"],
  },
  revokeKey: {
    route: "DELETE /v1/admin/keys/:id",
    access: needs("admin"),
    summary: "Ends a key, and the sessions that it signed in",
    description: "It is refused everywhere within 30 seconds.",
    params,
    answers: { 204: empty("It has ended") },
    problems: ["not_found", "last_admin_key"],
  },
  listLimits: {
    route: "GET /v1/admin/limits",
    access: needs("review"),
    summary: "Every limit of this deployment, with its value",
    answers: { 200: json("By name", () => z.strictObject({ limits: z.array(limit()) }).meta({ id: "Limits" })) },
    problems: [],
  },
} as const satisfies Operations;
