/** Rows of any table as insert statements: values travel as bound parameters, because JSON would round the last bit of a real. */
import { getTableColumns } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database, Statement } from "../database.ts";
import type { TransferRow } from "./tables.ts";

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
