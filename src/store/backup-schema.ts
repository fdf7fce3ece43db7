/** What is known of backups, as Drizzle sees it: see `schema.ts`. The backups themselves are in a bucket. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * One row: who is making a backup (`token`, until `expires_at`), which one and by which upload, both null when it has ended; and how
 * that went last.
 */
export const backupState = sqliteTable("backup_state", {
  id: integer("id").primaryKey().notNull(),
  token: integer("token").notNull(),
  expiresAt: integer("expires_at").notNull(),
  begun: text("begun"),
  uploadId: text("upload_id"),
  madeAt: integer("made_at"),
  failedAt: integer("failed_at"),
  failure: text("failure"),
});
