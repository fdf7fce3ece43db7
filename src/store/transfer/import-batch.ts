/**
 * What an import answers for each row, and what all its writes need to know. A row is named by its line in the file; every
 * write is idempotent by primary key, so a batch may be sent again.
 */

import { getTableColumns } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Sentence, Told } from "../../shared/sentence.ts";
import type { RowKind } from "../../shared/transfer-format.ts";
import type { Database, Statement } from "../database.ts";
import type { TransferRow } from "./tables.ts";

/** A row whose columns have been checked. */
export interface ImportRow {
  /** Its line in the file, from 1. */
  readonly line: number;
  readonly kind: RowKind;
  readonly row: TransferRow;
}

/**
 * `stored`: it is new. `present`: it was there. `replaced`: the file's word took the place of ours. `kept`: ours differs
 * and stays. `leftOut`: such rows are not merged. `refused`: it cannot be stored.
 */
export type RowOutcome = "stored" | "present" | "replaced" | "kept" | "leftOut" | "refused";

/** `line` counts from 1, the header's line, so that an editor finds it. */
export interface RowFate {
  readonly line: number;
  readonly kind: RowKind;
  readonly outcome: RowOutcome;
  /** In English, for `kept`, `leftOut` and `refused`. */
  readonly reason?: string;
  /** What `reason` says, for other languages; there where it is. */
  readonly says?: readonly Sentence[];
}

/** What every importer of rows is given; `mode` and `prefer` hold for the whole file. */
export interface ImportContext {
  readonly db: Database;
  /** Into an empty deployment, to the same bits; or into a filled one, by the rules of docs/transfer-format.md. */
  readonly mode: "restore" | "merge";
  /** Which side wins where both have a row and the two differ. */
  readonly prefer: "ours" | "file";
  /** Whether pictures that come along are kept. */
  readonly keepsPictures: boolean;
  /** Unix time in ms. */
  readonly now: number;
  /** Statements that open each transaction: a restore's hold on the deployment. */
  readonly guard: () => Statement[];
}

/** Statements that all rows of one kind share a transaction with; nothing happens when there are none. */
export async function runGuarded({ db, guard }: ImportContext, statements: readonly Statement[]): Promise<void> {
  const [first, ...rest] = [...guard(), ...statements];
  if (statements.length > 0 && first !== undefined) await db.batch([first, ...rest]);
}

/** Without a reason the object has no `reason`, so that the answer has no empty field. */
export function fate({ line, kind }: ImportRow, outcome: RowOutcome, told?: Told): RowFate {
  return { line, kind, outcome, ...(told === undefined ? {} : { reason: told.text, says: told.says }) };
}

/** The sample that a row of an example or a correction is about. */
export function sampleOf({ row }: ImportRow): string {
  return String(row.sampleId);
}

/* Rows of any table as insert statements: values travel as bound parameters, because JSON would round the last bit of a real. */

/** D1 allows 100 bound parameters in a statement. */
const MAX_PARAMETERS = 100;

/** Inserts what is not there yet; rows that are, by primary key, stay as they are. All rows have the same columns. */
export function insertMissing(db: Database, table: SQLiteTable, rows: readonly TransferRow[]): Statement[] {
  return chunkRows(table, rows).map((chunk) => db.insert(table).values(chunk).onConflictDoNothing());
}

/** Cuts rows into groups that one statement can bind. A column that a row leaves out, as those of older exports do, binds its default. */
export function chunkRows(table: SQLiteTable, rows: readonly TransferRow[]): TransferRow[][] {
  const perStatement = Math.max(1, Math.floor(MAX_PARAMETERS / Object.keys(getTableColumns(table)).length));
  const chunks: TransferRow[][] = [];
  for (let first = 0; first < rows.length; first += perStatement) chunks.push(rows.slice(first, first + perStatement));
  return chunks;
}
