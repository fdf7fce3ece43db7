/** Who may come: API keys, and what the one that was sent is. */
import { z } from "zod";
import { KEY_ROLES } from "../../shared/role.ts";
import { newKeySchema, rotateSchema } from "../admin/keys.ts";
import { time } from "./common.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, type OperationGroup, optionalJsonBody } from "./operation.ts";

const keyId = z.string().meta({ description: "A key's id", examples: ["k_9f86d081884c7d65"] });
const role = z.enum(KEY_ROLES).meta({ description: "Each may do what those before it may" });

const keyFields = {
  id: keyId,
  name: z.string(),
  role,
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable().meta({ description: "To the hour" }),
  revokedAt: time.nullable(),
  place: z
    .string()
    .nullable()
    .meta({ description: "The place that its requests come from; null where they name one or none" }),
};
const key = z.strictObject(keyFields).meta({ id: "ApiKey" });
const shownKey = z
  .strictObject({ ...keyFields, secret: z.string().meta({ description: "Never shown again" }) })
  .meta({ id: "ApiKeyWithSecret" });
const identity = z
  .strictObject({
    role,
    actor: z.string().meta({ description: "A key's id, or `admin` for the bootstrap secret" }),
  })
  .meta({ id: "Identity" });
const limit = z
  .strictObject({ name: z.string(), value: z.number(), unit: z.string(), description: z.string() })
  .meta({ id: "Limit" });
const params = z.object({ id: keyId });

const accessOperations = {
  "GET /v1/admin/session": {
    id: "readIdentity",
    summary: "What the key or session may do that was sent",
    answers: { 200: json("Its role, and its name in the audit log", identity) },
    problems: [],
  },
  "GET /v1/admin/keys": {
    id: "listKeys",
    summary: "All keys, those in use first",
    answers: { 200: json("At most 1,000", z.strictObject({ keys: z.array(key) }).meta({ id: "ApiKeys" })) },
    problems: [],
  },
  "POST /v1/admin/keys": {
    id: "makeKey",
    summary: "Makes a key",
    description: "The first one with the role `admin` spends the bootstrap secret that makes it.",
    body: jsonBody(newKeySchema),
    answers: { 201: json("The key with its secret", shownKey) },
    problems: [...BODY_PROBLEMS, "not_found"],
  },
  "POST /v1/admin/keys/:id/rotate": {
    id: "rotateKey",
    summary: "Gives a key a new secret; the old one is worth nothing",
    params,
    body: optionalJsonBody(rotateSchema),
    answers: { 200: json("The key with its new secret", shownKey) },
    problems: [...BODY_PROBLEMS, "not_found", "key_ended"],
  },
  "DELETE /v1/admin/keys/:id": {
    id: "revokeKey",
    summary: "Ends a key, and the sessions that it signed in",
    description: "It is refused everywhere within 30 seconds.",
    params,
    answers: { 204: empty("It has ended") },
    problems: ["not_found", "last_admin_key"],
  },
  "GET /v1/admin/limits": {
    id: "listLimits",
    summary: "Every limit of this deployment, with its value",
    answers: { 200: json("By name", z.strictObject({ limits: z.array(limit) }).meta({ id: "Limits" })) },
    problems: [],
  },
} as const satisfies OperationGroup["operations"];

/** Keys, the limits of the deployment, and who is signed in. */
export const accessGroup: OperationGroup = {
  tag: "Access",
  description: "Keys with roles, for programs and people.",
  operations: accessOperations,
};
