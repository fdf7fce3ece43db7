/**
 * Which backbone a database was taught with, and whether the one in place may answer from it. Asks by whatever reads the
 * database: wrangler for a deployment, SQLite for a folder of data.
 */
import { z } from "zod";
import type { BackboneRack, InPlace } from "./backbone-rack.ts";

/** Runs a statement that only reads, and gives its rows. */
export type ReadRows = (sql: string) => Promise<readonly unknown[]>;

/** The backbone of the labels, and the one beside it that is ready to answer (decision 70). */
export interface Taught {
  readonly home: { readonly id: string; readonly name: string | null };
  readonly second: string | null;
}

/** A backbone in place that does not know what the labels mean, in words for people. */
export interface Misfit {
  /** The one that the labels belong to: its name, or what is known of it. */
  readonly taught: string;
  /** The command that puts that one in place; where it is not here, more lines say where it may be had. */
  readonly putBack: string;
  readonly inPlace: string;
}

const TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('examples', 'second_slot')";
const LABELS = "SELECT backbone_id AS id FROM examples LIMIT 1";
/** A second backbone has no head before it is ready, and would answer nobody. */
const LABELS_AND_SECOND =
  "SELECT labels.id, home_name AS name, CASE WHEN ready_at IS NOT NULL THEN backbone_id END AS second " +
  `FROM (${LABELS}) AS labels LEFT JOIN second_slot`;

const tablesSchema = z.array(z.object({ name: z.string() }));
const labelsSchema = z.array(z.object({ id: z.string(), name: z.string().nullish(), second: z.string().nullish() }));

/** Null where nothing is labelled, or the database has no tables yet. One of an earlier version is understood too. */
export async function readTaught(read: ReadRows): Promise<Taught | null> {
  const tables = tablesSchema.parse(await read(TABLES)).map(({ name }) => name);
  if (!tables.includes("examples")) return null;
  const [row] = labelsSchema.parse(await read(tables.includes("second_slot") ? LABELS_AND_SECOND : LABELS));
  if (row === undefined) return null;
  return { home: { id: row.id, name: row.name ?? null }, second: row.second ?? null };
}

/**
 * Why the backbone in place cannot answer from this database; null where it can. Where none is in place, puts the one there
 * that the labels belong to, if the checkout has it, and says so; otherwise the default.
 */
export async function findMisfit(
  taught: Taught | null,
  rack: BackboneRack,
  say: (line: string) => void,
): Promise<Misfit | null> {
  if (taught === null) return null;
  const { home, second } = taught;
  const placed = await rack.placeIfNone(home.id);
  if (placed !== undefined) say(`No backbone was in place: put ${placed} there, which the labels belong to.`);
  const inPlace = await rack.ensure();
  return inPlace.id === home.id || inPlace.id === second ? null : describe(home, inPlace, rack);
}

async function describe({ id, name }: Taught["home"], inPlace: InPlace, rack: BackboneRack): Promise<Misfit> {
  const found = await rack.nameOf(id);
  const known = found ?? name;
  const short = id.slice(0, 12);
  return {
    taught: known === null ? `a backbone that is not in this checkout (its id begins with ${short})` : known,
    putBack: found === undefined ? rack.bringBy(id, name) : `npm run backbone -- use ${found}`,
    inPlace: inPlace.name === known ? `${inPlace.name} of another id (${inPlace.id.slice(0, 12)})` : inPlace.name,
  };
}
