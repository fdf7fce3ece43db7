/** The tables of access as Drizzle sees them: see `schema.ts`. None of them is part of an export. */
import { integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { KEY_ROLES } from "../shared/role.ts";

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
  },
  (table) => [uniqueIndex("api_keys_secret").on(table.secretHash)],
);

export const spentBootstraps = sqliteTable("spent_bootstraps", {
  secretHash: text("secret_hash").primaryKey().notNull(),
  spentAt: integer("spent_at").notNull(),
});

export const dailyUsage = sqliteTable(
  "daily_usage",
  {
    day: integer("day").notNull(),
    subject: text("subject").notNull(),
    requests: integer("requests").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.subject] })],
);
