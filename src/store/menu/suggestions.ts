/**
 * What guests miss on the menu: one row per wish and contributor, so that nobody counts twice. One statement keeps the limits,
 * whatever arrives at the same moment. Wishes that differ only in case, width or spacing are one.
 */

import { desc, eq, max, sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { siteOf } from "../../shared/contributor.ts";
import { sha256HexOfText } from "../../shared/hash.ts";
import { toNameKey } from "../../shared/item-names.ts";
import type { Database } from "../database.ts";
import { forgetNoted, noteEvent } from "../webhook/note-event.ts";

/** One row per wish and contributor, so that a guest who repeats a wish counts once. */
export const suggestions = sqliteTable(
  "suggestions",
  {
    id: text("id").notNull(),
    contributor: text("contributor").notNull(),
    text: text("text").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.contributor] }),
    index("suggestions_contributor").on(table.contributor),
    index("suggestions_created").on(table.createdAt),
  ],
);

/** From one contributor: more dishes than anybody misses in an evening. */
export const MAX_SUGGESTIONS_PER_SOURCE = 10;
/** From one site, which can pose as many contributors. */
const MAX_SUGGESTIONS_PER_SITE = 40;
/** In all: what an owner reads, and the most that the list scans. */
const MAX_SUGGESTIONS = 1_000;
/** Wishes on one page. */
const LISTED = 100;

interface Suggestion {
  /** SHA-256 of the folded text, in hex. */
  readonly id: string;
  /** As the last guest wrote it. */
  readonly text: string;
  /** Independent guests: those of one site count once. */
  readonly guests: number;
  /** When somebody last said so: Unix time in ms. */
  readonly lastAt: number;
}

/** `known`: this contributor has said so before. `limit` and `full`: nothing was stored. */
type SuggestionOutcome = "stored" | "known" | "limit" | "full";

/** Stores a wish, or says why not; webhooks hear of one that nobody has had before. One transaction, and one query more if it stores nothing. */
export async function storeSuggestion(
  db: Database,
  { text, contributor }: { readonly text: string; readonly contributor: string },
  now: number,
): Promise<SuggestionOutcome> {
  const id = await sha256HexOfText(toNameKey(text));
  const site = siteOf(contributor);
  const isKnown = sql`EXISTS (SELECT 1 FROM suggestions WHERE id = ${id} AND contributor = ${contributor})`;
  const ofSource = sql`(SELECT count(*) FROM suggestions WHERE contributor = ${contributor})`;
  // Names of a site start alike; "~" sorts after every digit that may follow.
  const ofSite = sql`(SELECT count(*) FROM suggestions WHERE contributor >= ${site} AND contributor < ${`${site}~`})`;
  const isWithin = sql`${ofSource} < ${MAX_SUGGESTIONS_PER_SOURCE} AND ${ofSite} < ${MAX_SUGGESTIONS_PER_SITE}
    AND (SELECT count(*) FROM suggestions) < ${MAX_SUGGESTIONS}`;
  const isFirst = sql`changes() > 0 AND (SELECT count(*) FROM suggestions WHERE id = ${id}) = 1`;
  const [stored] = await db.batch([
    db
      .insert(suggestions)
      .select(sql`SELECT ${id}, ${contributor}, ${text}, ${now} WHERE NOT ${isKnown} AND ${isWithin}`)
      .onConflictDoNothing()
      .returning({ id: suggestions.id }),
    noteEvent(db, { event: "suggestion.new", at: now, data: { id, text }, subject: id }, isFirst),
  ]);
  if (stored.length > 0) return "stored";
  const [found] = await db.all<Record<"known" | "source" | "site", number>>(
    sql`SELECT ${isKnown} AS known, ${ofSource} AS source, ${ofSite} AS site`,
  );
  if (found.known) return "known";
  return found.source >= MAX_SUGGESTIONS_PER_SOURCE || found.site >= MAX_SUGGESTIONS_PER_SITE ? "limit" : "full";
}

/** Most wanted first, then newest; at most 100. */
export async function listSuggestions(db: Database): Promise<Suggestion[]> {
  // SQLite takes a bare column from the row of the maximum, so the text is the last guest's.
  const guests = sql<number>`count(DISTINCT substr(contributor, 1, ${siteOf("g_00000000").length}))`;
  const lastAt = max(suggestions.createdAt);
  const rows = await db
    .select({ id: suggestions.id, text: suggestions.text, guests, lastAt })
    .from(suggestions)
    .groupBy(suggestions.id)
    .orderBy(desc(guests), desc(lastAt))
    .limit(LISTED);
  return rows.map((row) => ({ ...row, lastAt: row.lastAt ?? 0 }));
}

/** Deletes everybody's rows of a wish, and its waiting messages to webhooks; false if there is no such wish. */
export async function deleteSuggestion(db: Database, id: string): Promise<boolean> {
  const [gone] = await db.batch([
    db.delete(suggestions).where(eq(suggestions.id, id)).returning({ id: suggestions.id }),
    forgetNoted(db),
  ]);
  return gone.length > 0;
}
