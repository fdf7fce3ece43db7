/** The tables of access as Drizzle sees them: see `schema.ts`. None of them is part of an export. */
import { integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { KEY_ROLES } from "../../shared/role.ts";

/** One row per key ever made; a revoked key keeps its row, because the audit log names it. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text("id").primaryKey().notNull(),
    name: text("name").notNull(),
    role: text("role", { enum: KEY_ROLES }).notNull(),
    secretHash: text("secret_hash").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at"),
    lastUsedAt: integer("last_used_at"),
    revokedAt: integer("revoked_at"),
    place: text("place"),
  },
  (table) => [uniqueIndex("api_keys_secret").on(table.secretHash)],
);

/** Hashes of admin tokens that have made their first admin key and open nothing any more. */
export const spentBootstraps = sqliteTable("spent_bootstraps", {
  secretHash: text("secret_hash").primaryKey().notNull(),
  spentAt: integer("spent_at").notNull(),
});

/** Requests per subject and UTC day, for the daily quotas; `subject` is a key's id or a guest's pseudonym. */
export const dailyUsage = sqliteTable(
  "daily_usage",
  {
    day: integer("day").notNull(),
    subject: text("subject").notNull(),
    requests: integer("requests").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.subject] })],
);
