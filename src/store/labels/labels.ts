/**
 * Labelled samples. A photo is known by the SHA-256 of its bytes, a text by an HMAC under a key of the deployment, so the same
 * label sent twice is stored once.
 */
import { and, inArray, isNotNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Embedding } from "../../head/embedding.ts";
import type { Purpose } from "../../shared/closed-lists.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type AuditEntry, noteAuditWhere } from "../audit-log.ts";
import { encodeEmbedding } from "../codecs.ts";
import { type Database, jsonList } from "../database.ts";
import { explainOffMenu, isLabel } from "../menu/menu-guard.ts";
import { noteOriginals, type SentOriginal } from "../pictures/originals.ts";
import { keepPictures } from "../pictures/pictures.ts";
import { examples } from "../schema.ts";

/** How the label came in: by staff, by their import, from a guest whom staff believed, or by the auto-accept rule. */
export type LabelSource = "admin" | "import" | "guest" | "auto";

/** The contributor of everything that staff label with the admin token; keys have their id, guests a pseudonym. */
export const STAFF = "staff";

/** A sample as the store knows it: its id and what the backbone made of it. */
export interface EmbeddedSample {
  readonly sampleId: string;
  readonly backboneId: string;
  readonly embedding: Embedding;
  /** Who ran the backbone. A device's embedding can be forged. */
  readonly origin: "server" | "device";
  /** What staff will see of it, a data URL or a text; absent if nothing is kept. */
  readonly picture?: string | undefined;
  /** The same, made by its sender, who can have it show anything; absent where the sample itself came. */
  readonly sentPicture?: string | undefined;
  /** The sample itself, to be kept in the bucket; absent where it is not to be. */
  readonly original?: SentOriginal | undefined;
  /** The id of the place it comes from; absent where nobody named one. */
  readonly place?: string | undefined;
}

/** A label to store. */
interface NewLabel {
  readonly classId: string;
  readonly sample: EmbeddedSample;
  readonly source: LabelSource;
  readonly contributor: string;
  /** Without it a new example is there to learn from, and a known one stays what it is. */
  readonly purpose?: Purpose | undefined;
}

/** `relabelled`: it has another label now, or another purpose. `contested`: somebody else has labelled the sample otherwise, and their word stays. */
export type LabelOutcome = "stored" | "relabelled" | "duplicate" | "contested";

/** Whose labels give way: to staff everybody's; to others only their own that nobody has confirmed. */
type LabelAuthority = "staff" | "own";

/** The one who labels, and which labels theirs may replace. */
export interface Labeller {
  readonly contributor: string;
  readonly authority: LabelAuthority;
}

/** How labels come in, and what for. */
interface LabelIntent {
  readonly source: "admin" | "import";
  readonly purpose?: Purpose | undefined;
}

const STAFF_ITSELF: Labeller = { contributor: STAFF, authority: "staff" };

/**
 * Stores the samples as examples of one class: new ones are added, known ones with another label get this one. Returns one
 * outcome per sample, in order. A relabelled sample keeps its embedding and its source. The same transaction writes the entry in
 * the audit log, which names the labels that were replaced. Errors, with nothing written: `unknown_class`, `class_archived`
 * where the item left the menu meanwhile.
 */
export async function labelSamples(
  db: Database,
  classId: string,
  samples: readonly EmbeddedSample[],
  intent: "admin" | "import" | LabelIntent,
  now: number,
  { contributor, authority }: Labeller = STAFF_ITSELF,
): Promise<Result<LabelOutcome[], Problem>> {
  if (samples.length === 0) return ok([]);
  const { source, purpose }: LabelIntent = typeof intent === "string" ? { source: intent } : intent;
  const ids = [...new Set(samples.map(({ sampleId }) => sampleId))];
  const detail = { class: classId, photos: samples.length, source, ...(purpose === undefined ? {} : { purpose }) };
  const actor = contributor === STAFF ? "admin" : contributor;
  const entry: AuditEntry = { at: now, actor, action: "examples.label", detail };
  const note = noteAuditWhere(db, entry, isLabel(classId), countReplaced(ids, classId, { contributor, authority }));
  const upserts = samples.map((sample) =>
    upsertExample(db, { classId, sample, source, contributor, purpose }, now, authority),
  );
  // -- in the transaction, because somebody else may label the same sample at this moment
  const [labels, noted, ...written] = await db.batch([
    findLabels(db, ids),
    note,
    ...upserts,
    ...keepPictures(db, samples, classId, givesWayTo({ contributor, authority })),
    ...noteOriginals(db, samples),
  ]);
  if (noted.length === 0) return err(await explainOffMenu(db, classId));
  const before = new Map(labels.map(({ photo, label }) => [photo, label]));
  const outcomes = samples.map(({ sampleId }, i): LabelOutcome => {
    if (written[i].length === 0) return isOther(before.get(sampleId), classId) ? "contested" : "duplicate";
    return before.has(sampleId) ? "relabelled" : "stored";
  });
  return ok(outcomes);
}

function isOther(label: string | undefined, wanted: string): boolean {
  return label !== undefined && label !== wanted;
}

/** For the audit log: how many samples get another label than they had, and which labels those were. */
function countReplaced(ids: readonly string[], classId: string, by: Labeller): Record<string, SQL> {
  const isReplaced = sql`sample_id IN ${jsonList(ids)} AND class_id IS NOT NULL AND class_id <> ${classId} AND ${givesWayTo(by)}`;
  return {
    relabelled: sql`(SELECT nullif(count(*), 0) FROM examples WHERE ${isReplaced})`,
    from: sql`(SELECT group_concat(DISTINCT class_id) FROM examples WHERE ${isReplaced})`,
  };
}

/** True for an example whose label gives way to this labeller's. */
function givesWayTo({ contributor, authority }: Labeller): SQL {
  if (authority === "staff") return sql`true`;
  return sql`(${examples.classId} IS NULL OR (coalesce(${examples.labelledBy}, ${examples.contributor}) = ${contributor} AND ${examples.confirmedAt} IS NULL))`;
}

/**
 * The statement that makes `sample` an example of `classId`, for a batch. Returns no row where it already was one, or where the
 * item is off the menu. A known sample keeps its embedding, so that the statistics take back what they were given; a forgotten
 * one is remembered again.
 */
export function upsertExample(
  db: Database,
  { classId, sample, source, contributor, purpose }: NewLabel,
  now: number,
  authority: LabelAuthority = "staff",
) {
  const { sampleId, backboneId, origin, place = null } = sample;
  const { embedding, scale } = encodeEmbedding(sample.embedding);
  return db
    .insert(examples)
    .select(
      sql`SELECT ${sampleId}, ${backboneId}, ${classId}, NULL, ${embedding}, ${scale}, ${source}, ${contributor}, ${origin}, ${now}, ${now}, NULL, NULL, ${place}, ${purpose ?? "learn"}, 0
        WHERE ${isLabel(classId)}`,
    )
    .onConflictDoUpdate(relabelKnown(now, { contributor, authority }, purpose))
    .returning({ sampleId: examples.sampleId });
}

/**
 * What an insert does if the sample is known: nothing if the label is the same, and the purpose too, if one is named. For
 * code that inserts by other means.
 */
export function relabelKnown(now: number, by: Labeller, purpose?: Purpose) {
  const whereForgotten = (theirs: SQL, ours: SQLWrapper | string) =>
    sql`CASE WHEN ${examples.classId} IS NULL THEN ${theirs} ELSE ${ours} END`;
  const isRelabelled = sql`${examples.classId} IS NOT excluded.class_id`;
  const whereRelabelled = (changed: SQL, kept: SQLWrapper) =>
    sql`CASE WHEN ${isRelabelled} THEN ${changed} ELSE ${kept} END`;
  const labelledBy = whereForgotten(sql`excluded.labelled_by`, by.contributor);
  return {
    target: examples.sampleId,
    set: {
      classId: sql`excluded.class_id`,
      labelledAt: whereRelabelled(sql`${now}`, examples.labelledAt),
      confirmedAt: whereRelabelled(sql`NULL`, examples.confirmedAt),
      labelledBy: whereRelabelled(labelledBy, examples.labelledBy),
      source: whereForgotten(sql`excluded.source`, examples.source),
      contributor: whereForgotten(sql`excluded.contributor`, examples.contributor),
      purpose: purpose ?? whereForgotten(sql`excluded.purpose`, examples.purpose),
      place: whereForgotten(sql`excluded.place`, sql`coalesce(${examples.place}, excluded.place)`),
    },
    setWhere: sql`(${isRelabelled}${purpose === undefined ? sql`` : sql` OR ${examples.purpose} <> ${purpose}`}) AND ${givesWayTo(by)}`,
  };
}

/** The labels of those samples that are examples. `sampleIds` may be long: they travel as one JSON parameter. */
export function findLabels(db: Database, sampleIds: readonly string[]) {
  return db
    .select({ photo: examples.sampleId, label: sql<string>`${examples.classId}` })
    .from(examples)
    .where(and(inArray(examples.sampleId, jsonList(sampleIds)), isNotNull(examples.classId)));
}

/* Which samples may teach without a person's word. It depends on who sent them, since anybody can send as a guest, from as many networks as they can rent. */

/** True where a guest sent it: their names begin alike (`shared/contributor.ts`). */
export function isOfGuest(contributor: SQLWrapper): SQL {
  return sql`${contributor} GLOB 'g_*'`;
}

/** True where it came from staff or with a key, or where the operator lets guests teach (`PUBLIC_TEACHING`). */
export function mayTeach(contributor: SQLWrapper, guestsTeach: boolean): SQL {
  return guestsTeach ? sql`true` : sql`NOT ${isOfGuest(contributor)}`;
}
