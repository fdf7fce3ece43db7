/**
 * Which tables an export holds, in which order, by which key, and which columns stay out because they are derived. Columns
 * come from the schema, so a new one travels without a change here.
 */

import type { SQL } from "drizzle-orm";
import { getTableColumns } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { FILE_NAMES, type RowKind } from "../../shared/transfer-format.ts";
import { isOfHome } from "../heads/heads.ts";
import { IS_ITEM } from "../menu/menu.ts";
import { pictures } from "../pictures/tables.ts";
import { auditLog, classes, deployment, examples, heads, reviews, statistics } from "../schema.ts";

/** A row that travels: under the names of a file while it is read or written, under those of the schema where it is stored. */
export type TransferRow = Readonly<Record<string, unknown>>;

/** One kind of row of the file format; derived columns are recomputed by the deployment that imports. */
export interface TransferTable {
  readonly table: SQLiteTable;
  /** The primary key: rows are written in its order. */
  readonly key: readonly SQLiteColumn[];
  /** The rows that travel; absent where all of them do. */
  readonly isExported?: SQL;
  /** Columns that travel, by their names in a file. */
  readonly columns: Readonly<Record<string, SQLiteColumn>>;
  /** Rows read at once: half a megabyte. The isolate holds one page; D1 allows a request 1,000. */
  readonly pageRows: number;
}

/** A column as a reader of the format needs to know it. */
export interface TransferColumn {
  readonly name: string;
  readonly type: "text" | "integer" | "real" | "boolean" | "json";
  readonly isNullable: boolean;
  /** The only values allowed; absent where there is no such list. */
  readonly values?: readonly string[];
}

/** Merges are rows of their own, because an item can be merged into one that comes later in the order of ids. */
type TableKind = Exclude<RowKind, "merge">;

/** `decidedWith` serves undoing, and `receipt` guests who change their minds, which both end with the deployment; `nameKey` and `aliasKeys` follow from the names, `squaredNorms` and `strangers` from the examples; a second backbone stays where it is; `menuRevision` counts changes seen by isolates, `sinceRevision` lasts until the next run. */
export const TRANSFER_TABLES: Readonly<Record<TableKind, TransferTable>> = {
  // -- every deployment has the row of "not on the menu"
  class: {
    ...describe(classes, [classes.id], 500, ["nameKey", "aliasKeys", "mergedInto", "sinceRevision"]),
    isExported: IS_ITEM,
  },
  example: describe(examples, [examples.sampleId], 250),
  picture: describe(pictures, [pictures.sampleId], 50),
  review: {
    ...describe(reviews, [reviews.sampleId, reviews.classId, reviews.contributor], 100, ["decidedWith", "receipt"]),
    isExported: isOfHome(reviews.backboneId),
  },
  head: { ...describe(heads, [heads.version], 100), isExported: isOfHome(heads.backboneId) },
  audit: describe(auditLog, [auditLog.id], 500),
  statistics: describe(statistics, [statistics.version], 1, ["squaredNorms", "strangers"]),
  deployment: describe(deployment, [deployment.id], 1, ["id", "menuRevision", "secondBackbone", "secondHead"]),
};

/** The columns of a kind of row, to check rows from outside by. */
export function columnsOf(kind: TableKind): TransferColumn[] {
  return Object.entries(TRANSFER_TABLES[kind].columns).map(([name, column]) => ({
    name,
    type: typeOf(column),
    isNullable: !column.notNull,
    ...(column.enumValues === undefined ? {} : { values: column.enumValues }),
  }));
}

const SCHEMA_NAMES = new Map(Object.entries(FILE_NAMES).map(([name, inFile]) => [inFile, name]));

/** A row of a file under the names of the schema. */
export function toSchemaNames(row: TransferRow): TransferRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [SCHEMA_NAMES.get(name) ?? name, value]));
}

function describe(
  table: SQLiteTable,
  key: readonly SQLiteColumn[],
  pageRows: number,
  derived: readonly string[] = [],
): TransferTable {
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => !derived.includes(name));
  const named = columns.map(([name, column]) => [FILE_NAMES[name] ?? name, column] as const);
  return { table, key, columns: Object.fromEntries(named), pageRows };
}

function typeOf(column: SQLiteColumn): TransferColumn["type"] {
  if (column.dataType === "json" || column.dataType === "boolean") return column.dataType;
  if (column.dataType === "string") return "text";
  return column.getSQLType() === "real" ? "real" : "integer";
}
