/** What is known of places by their samples: which have changed since they were measured, the embeddings, and what they were measured as. */
import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Embedding } from "../../head/embedding.ts";
import type { PlaceLabels, PlaceShift } from "../../head/place-shift.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import { decodeEmbedding, encodeEmbedding } from "../codecs.ts";
import type { Database } from "../database.ts";
import { mayTeach } from "../labels/labels.ts";
import { ABSORBED_COLUMNS, type SampledExample } from "../learning/sample.ts";
import { bumpMenu } from "../menu/menu.ts";
import { MAX_PLACE_PHOTOS, pooledSamples } from "../pool/tables.ts";
import { examples } from "../schema.ts";
import { places } from "./places.ts";

/** A place, and what it would be measured of now. */
export interface DuePlace {
  readonly id: string;
  readonly basis: string;
}

/** Places that are on and were measured of other samples or statistics than there are now. Reads what is pooled of places. */
export async function findDuePlaces(db: Database, backboneId: string, guestsTeach: boolean): Promise<DuePlace[]> {
  const version = sql`coalesce((SELECT max(version) FROM statistics), 0)`;
  const pooled = sql`(SELECT count(*) || '.' || coalesce(sum(seen_at), 0) FROM pooled_samples WHERE place = places.id AND ${mayTeach(pooledSamples.contributor, guestsTeach)})`;
  const basis = sql<string>`${version} || '.' || ${backboneId} || '.' || ${pooled}`;
  const rows = await db.select({ id: places.id, known: places.basis, basis }).from(places).where(eq(places.isOn, true));
  return rows.flatMap(({ id, known, basis }) => (known === basis ? [] : [{ id, basis }]));
}

/** An embedding from a place, and who sent it. */
interface PlaceSample {
  readonly embedding: Embedding;
  readonly contributor: string;
}

/** What is pooled of a place and may teach, the newest first, at most `MAX_PLACE_PHOTOS`. */
export async function readPlaceSamples(
  db: Database,
  place: string,
  backboneId: string,
  guestsTeach: boolean,
): Promise<PlaceSample[]> {
  const { embedding, scale, contributor, seenAt } = pooledSamples;
  const rows = await db
    .select({ embedding, scale, contributor })
    .from(pooledSamples)
    .where(
      and(eq(pooledSamples.place, place), eq(pooledSamples.backboneId, backboneId), mayTeach(contributor, guestsTeach)),
    )
    .orderBy(desc(seenAt))
    .limit(MAX_PLACE_PHOTOS);
  return rows.map(({ contributor, ...stored }) => ({ contributor, embedding: decodeEmbedding(stored) }));
}

/** Samples of a place that people have labelled as items, as the statistics hold them: at most `MAX_PLACE_PHOTOS`, a random choice that stays. */
export async function readPlaceLabels(db: Database, place: string): Promise<SampledExample[]> {
  const isTaken = sql`${examples.absorbedClassId} IS ${examples.classId} AND ${examples.classId} <> ${NONE_ID}`;
  return db
    .select(ABSORBED_COLUMNS)
    .from(examples)
    .where(and(eq(examples.place, place), isTaken))
    .orderBy(asc(examples.sampleId))
    .limit(MAX_PLACE_PHOTOS);
}

/** The figures of a place, and what a run made them from. */
export interface MeasuredPlace extends PlaceShift {
  readonly id: string;
  readonly basis: string;
  readonly backboneId: string;
  readonly photos: number;
  /** Null without a label. */
  readonly labels: PlaceLabels | null;
}

/** One transaction, which tells isolates of it; a place that is gone stays gone. */
export async function storeShifts(db: Database, measured: readonly MeasuredPlace[]): Promise<void> {
  const updates = measured.map(({ id, shift, ...row }) => {
    const stored = shift === null ? { shift: null, scale: null } : toColumns(shift);
    return db
      .update(places)
      .set({ ...row, ...stored })
      .where(eq(places.id, id));
  });
  await db.batch([bumpMenu(db), ...updates]);
}

function toColumns(shift: Embedding) {
  const { embedding, scale } = encodeEmbedding(shift);
  return { shift: embedding, scale };
}
