/**
 * Places that samples come from: make, list, change, delete. Every change raises the menu's revision, which tells isolates
 * of it: an answer looks nothing up for its place.
 */
import { asc, eq, sql } from "drizzle-orm";
import { integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Embedding } from "../../head/embedding.ts";
import { isRefused, type PlaceLabels } from "../../head/place-shift.ts";
import { nameOfPlaceTaken, noSuchPlace, placeExists, tooManyPlaces } from "../../shared/english/menu.ts";
import { toNameKey } from "../../shared/item-names.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { apiKeys } from "../access/tables.ts";
import { noteAuditOfChange } from "../audit-log.ts";
import { decodeEmbedding } from "../codecs.ts";
import { type Database, isUniqueViolation } from "../database.ts";
import { bumpMenu } from "../menu/menu.ts";
import { pooledSamples } from "../pool/tables.ts";
import { examples, reviews } from "../schema.ts";

/** One row per place. Everything from `basis` on was measured; `shift` is null if answers stay as taught; `nameKey` is null in places from before names had to differ. */
export const places = sqliteTable(
  "places",
  {
    id: text("id").primaryKey().notNull(),
    name: text("name").notNull(),
    isOn: integer("is_on", { mode: "boolean" }).notNull().default(true),
    createdAt: integer("created_at").notNull(),
    basis: text("basis"),
    backboneId: text("backbone_id"),
    photos: integer("photos").notNull().default(0),
    distance: real("distance"),
    shift: text("shift"),
    scale: real("scale"),
    nameKey: text("name_key"),
    labels: text("labels", { mode: "json" }).$type<PlaceLabels>(),
  },
  (table) => [uniqueIndex("places_name").on(table.nameKey).where(sql`name_key IS NOT NULL`)],
);

/** Each is one vector in every isolate, and a fold of work for a training run. */
export const MAX_PLACES = 20;

/** A place and what a training run last made of it. Times are Unix ms. */
export interface Place {
  readonly id: string;
  readonly name: string;
  /** If false, answers are as if nobody had named the place. */
  readonly isOn: boolean;
  readonly createdAt: number;
  /** Samples that its mean rests on. */
  readonly photos: number;
  /** Distance from the mean of taught samples, in units of their own mean distance from it; null if unknown. */
  readonly distance: number | null;
  /** Whether answers are moved. */
  readonly isMoved: boolean;
  /** How people's labels there are answered, by a head that has not seen them; null where there are none. */
  readonly labels: PlaceLabels | null;
  /** Whether these labels are why answers are not moved. */
  readonly isRefused: boolean;
}

/** A place as an answer needs it. */
export interface ServedPlace {
  readonly isOn: boolean;
  readonly photos: number;
  /** What is added to embeddings of `backboneId`; null where answers are given as taught. */
  readonly shift: Embedding | null;
  readonly backboneId: string | null;
}

/** By id. */
export type ServedPlaces = ReadonlyMap<string, ServedPlace>;

/** Stands behind the entry that notes a change, in the same batch: a refused change moves nothing. */
const IS_NOTED = sql`changes() > 0`;

const COLUMNS = {
  id: places.id,
  name: places.name,
  isOn: places.isOn,
  createdAt: places.createdAt,
  photos: places.photos,
  distance: places.distance,
  isMoved: sql<number>`${places.shift} IS NOT NULL`,
  labels: places.labels,
};

/** All of them, the oldest first. */
export async function listPlaces(db: Database): Promise<Place[]> {
  const rows = await db.select(COLUMNS).from(places).orderBy(asc(places.createdAt), asc(places.id));
  return rows.map(toPlace);
}

/** By id; with their shifts. */
export async function listServedPlaces(db: Database): Promise<Map<string, ServedPlace>> {
  const { id, isOn, photos, backboneId, shift, scale } = places;
  const rows = await db.select({ id, isOn, photos, backboneId, shift, scale }).from(places);
  return new Map(
    rows.map(({ id, shift, scale, ...row }) => {
      const isKnown = shift !== null && scale !== null;
      return [id, { ...row, shift: isKnown ? decodeEmbedding({ embedding: shift, scale }) : null }];
    }),
  );
}

/** Whether there is one with this id. */
export async function hasPlace(db: Database, id: string): Promise<boolean> {
  const rows = await db.select({ id: places.id }).from(places).where(eq(places.id, id));
  return rows.length > 0;
}

/** Adds a place. Errors: `place_exists`, by id or by name; `too_many_places`. */
export async function createPlace(
  db: Database,
  { id, name }: { readonly id: string; readonly name: string },
  actor: string,
  now: number,
): Promise<Result<Place, Problem>> {
  const isFree = sql`(SELECT count(*) FROM places) < ${MAX_PLACES}`;
  const taken = await findNamed(db, name);
  if (taken !== undefined) return err(nameTaken(taken));
  const [made, , , [row]] = await db.batch([
    db
      .insert(places)
      .select(
        sql`SELECT ${id}, ${name}, 1, ${now}, NULL, NULL, 0, NULL, NULL, NULL, ${toNameKey(name)}, NULL WHERE ${isFree}`,
      )
      .onConflictDoNothing()
      .returning({ id: places.id }),
    noteAuditOfChange(db, { at: now, actor, action: "place.create", detail: { place: id } }),
    bumpMenu(db, false, IS_NOTED),
    db.select(COLUMNS).from(places).where(eq(places.id, id)),
  ]);
  if (made.length > 0) return ok(toPlace(row));
  if (row !== undefined) return err(placeExists({ place: id }));
  const named = await findNamed(db, name); // -- made in the same moment
  if (named !== undefined) return err(nameTaken(named));
  return err(tooManyPlaces({ limit: MAX_PLACES }));
}

/** Renames it, or switches it on or off. Errors: `not_found`; `place_exists` where another one has the name. */
export async function changePlace(
  db: Database,
  id: string,
  change: { readonly name?: string | undefined; readonly isOn?: boolean | undefined },
  actor: string,
  now: number,
): Promise<Result<Place, Problem>> {
  const { name, isOn = sql`${places.isOn}` } = change;
  const taken = name === undefined ? undefined : await findNamed(db, name, id);
  if (taken !== undefined) return err(nameTaken(taken));
  const named = name === undefined ? {} : { name, nameKey: toNameKey(name) };
  const fields = [name === undefined ? "" : "name", change.isOn === undefined ? "" : "on"].join(" ").trim();
  try {
    const [[row]] = await db.batch([
      db
        .update(places)
        .set({ ...named, isOn })
        .where(eq(places.id, id))
        .returning(COLUMNS),
      noteAuditOfChange(db, { at: now, actor, action: "place.change", detail: { place: id, fields } }),
      bumpMenu(db, false, IS_NOTED),
    ]);
    return row === undefined ? err(noSuchPlace({ place: id })) : ok(toPlace(row));
  } catch (error) {
    const other = isUniqueViolation(error) && name !== undefined ? await findNamed(db, name, id) : undefined;
    if (other === undefined) throw error;
    return err(nameTaken(other));
  }
}

/** The place that goes by this name, in whatever case; `but` is the one that asks. The check of the index alone misses places from before it. */
async function findNamed(db: Database, name: string, but?: string): Promise<Place | undefined> {
  const key = toNameKey(name);
  return (await listPlaces(db)).find((place) => place.id !== but && toNameKey(place.name) === key);
}

function nameTaken({ name, id }: Place): Problem {
  return nameOfPlaceTaken({ place: id, name });
}

/**
 * Deletes a place: what is pooled of it because the head was unsure stays, without it; what is pooled because of it alone goes. Error:
 * `not_found`.
 */
export async function deletePlace(
  db: Database,
  id: string,
  actor: string,
  now: number,
): Promise<Result<void, Problem>> {
  const [gone] = await db.batch([
    db.delete(places).where(eq(places.id, id)).returning({ id: places.id }),
    noteAuditOfChange(db, { at: now, actor, action: "place.delete", detail: { place: id } }),
    bumpMenu(db, false, IS_NOTED),
    db.delete(pooledSamples).where(sql`${pooledSamples.place} = ${id} AND ${pooledSamples.reason} = 'place'`),
    db.update(pooledSamples).set({ place: null }).where(eq(pooledSamples.place, id)),
    // -- whatever has this id next is another place
    db.update(examples).set({ place: null }).where(eq(examples.place, id)),
    db.update(reviews).set({ place: null }).where(eq(reviews.place, id)),
    db.update(apiKeys).set({ place: null }).where(eq(apiKeys.place, id)),
  ]);
  return gone.length === 0 ? err(noSuchPlace({ place: id })) : ok(undefined);
}

function toPlace({ isMoved, ...row }: Omit<Place, "isMoved" | "isRefused"> & { readonly isMoved: number }): Place {
  return { ...row, isMoved: isMoved === 1, isRefused: isMoved === 0 && row.labels !== null && isRefused(row.labels) };
}
