/**
 * Reads a whole deployment, table by table along the primary keys, a page at a time. There is no snapshot across D1's
 * queries: each row is as it was when its page was read, and a row that stays throughout comes exactly once. The order is
 * chosen so that what a row refers to is in the file before it, whatever is written meanwhile.
 */
import { and, asc, between, count, isNotNull, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { NONE_ID } from "../../shared/none-label.ts";
import { FILE_NAMES, type RowCounts, type RowKind, zeroCounts } from "../../shared/transfer-format.ts";
import { fromBase64 } from "../codecs.ts";
import { type Database, jsonList } from "../database.ts";
import { isOfHome } from "../heads/heads.ts";
import { IS_ITEM } from "../menu/menu.ts";
import { readPictureTotals } from "../pictures/pictures.ts";
import { auditLog, classes, examples, heads, reviews, statistics } from "../schema.ts";
import { TRANSFER_TABLES, type TransferRow, type TransferTable } from "./tables.ts";

/** What a page of heads may weigh, and the columns of one head beside its weights and details. */
const HEAD_PAGE_BYTES = 1_000_000;
const HEAD_ROW_BYTES = 2_000;

/** What travels of the looks of samples. */
export interface ExportedCopies {
  /** The copies that wait for staff; those of texts stay, since a file is not deleted after 30 days. */
  readonly withPreviews: boolean;
  /** What labelled samples looked like. */
  readonly withPictures: boolean;
}

/** One line of an export without its header and its end. */
export interface ExportedRow {
  readonly kind: RowKind;
  readonly row: TransferRow;
}

/** Whose embeddings are stored, or null while there are none. Reads one row. */
export async function findStoredBackbone(db: Database): Promise<{ backboneId: string; dimension: number } | null> {
  const { backboneId, embedding } = examples;
  const [row] = await db.select({ backboneId, embedding }).from(examples).limit(1);
  return row === undefined ? null : { backboneId: row.backboneId, dimension: fromBase64(row.embedding).length };
}

/** How many rows an export that begins now will have, give or take what is written meanwhile. */
export async function countRows(db: Database, withPictures: boolean): Promise<RowCounts> {
  const number = { count: count() };
  const results = await db.batch([
    db.select(number).from(classes).where(IS_ITEM),
    db.select(number).from(classes).where(isNotNull(classes.mergedInto)),
    db.select(number).from(examples),
    db.select(number).from(reviews).where(isOfHome(reviews.backboneId)),
    db.select(number).from(heads).where(isOfHome(heads.backboneId)),
    db.select(number).from(auditLog),
    db.select(number).from(statistics),
  ]);
  const [inClasses, merged, inExamples, inReviews, inHeads, inAudit, inStatistics] = results.map(([row]) => row.count);
  return {
    ...zeroCounts(),
    class: inClasses,
    merge: merged,
    example: inExamples,
    review: inReviews,
    head: inHeads,
    audit: inAudit,
    statistics: inStatistics,
    deployment: 1,
    ...(withPictures ? { picture: (await readPictureTotals(db)).pictures } : {}),
  };
}

/**
 * All rows in the order of `ROW_KINDS`, page by page. Holds one page, and the ids of the classes. A picture whose example was added
 * meanwhile may come without it, and is then left out where it arrives.
 */
export async function* exportRows(
  db: Database,
  { withPreviews, withPictures }: ExportedCopies,
): AsyncGenerator<readonly ExportedRow[]> {
  const known = new Set<string>([NONE_ID]);
  // -- the pointer before the heads, so that the head it names is among them; the version of the statistics after them
  const pointer = await selectPage(db, TRANSFER_TABLES.deployment, null);
  for await (const rows of readTable(db, TRANSFER_TABLES.class)) {
    for (const { id } of rows) known.add(String(id));
    yield toLines("class", rows);
  }
  yield toLines("merge", await readMerges(db, known));
  for (const kind of ["example", "review"] as const) {
    for await (const rows of readTable(db, TRANSFER_TABLES[kind])) {
      yield [
        ...toLines("class", await readNewClasses(db, rows, known)),
        ...toLines(kind, withPreviews ? rows : rows.map(dropPreview)),
      ];
    }
    if (kind === "review" || !withPictures) continue;
    for await (const rows of readTable(db, TRANSFER_TABLES.picture)) yield toLines("picture", rows);
  }
  for await (const rows of readHeads(db)) yield toLines("head", rows);
  for (const kind of ["audit", "statistics"] as const) {
    for await (const rows of readTable(db, TRANSFER_TABLES[kind])) yield toLines(kind, rows);
  }
  yield toLines("deployment", pointer);
}

async function* readTable(db: Database, source: TransferTable): AsyncGenerator<TransferRow[]> {
  const names = source.key.map((column) => nameOf(source, column));
  let after: readonly unknown[] | null = null;
  while (true) {
    const rows: TransferRow[] = await selectPage(db, source, after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < source.pageRows) return;
    after = names.map((name) => last[name]);
  }
}

async function selectPage(
  db: Database,
  { table, key, columns, pageRows, isExported }: TransferTable,
  after: readonly unknown[] | null,
): Promise<TransferRow[]> {
  const isAfter = after === null ? undefined : sql`(${list(key)}) > (${list(after)})`;
  return db
    .select({ ...columns })
    .from(table)
    .where(and(isExported, isAfter))
    .orderBy(...key.map((column) => asc(column)))
    .limit(pageRows);
}

function list(parts: readonly unknown[]): SQL {
  return sql.join(
    parts.map((part) => sql`${part}`),
    sql`, `,
  );
}

function nameOf({ columns }: TransferTable, wanted: SQLiteColumn): string {
  const found = Object.entries(columns).find(([, column]) => column === wanted);
  if (found === undefined) throw new Error(`the key column ${wanted.name} is not exported`);
  return found[0];
}

/** Heads weigh up to 2 MB, or nothing once purged: their pages are cut by size, since one by one they would be too many queries. */
async function* readHeads(db: Database): AsyncGenerator<TransferRow[]> {
  const { columns, key } = TRANSFER_TABLES.head;
  const parts = [heads.weights, heads.classIds, heads.scorecard, heads.replay, heads.details, heads.mistakes];
  const size = sql<number>`${sql.join(
    parts.map((part) => sql`coalesce(length(${part}), 0)`),
    sql` + `,
  )}`;
  const sizes = await db
    .select({ version: heads.version, size })
    .from(heads)
    .where(isOfHome(heads.backboneId))
    .orderBy(asc(heads.version));
  for (const [first, last] of groupBySize(sizes)) {
    yield await db
      .select({ ...columns })
      .from(heads)
      .where(and(between(heads.version, first, last), isOfHome(heads.backboneId)))
      .orderBy(...key.map((column) => asc(column)));
  }
}

/** First and last version of each page: as many heads as fit, at least one. */
function groupBySize(sizes: readonly { readonly version: number; readonly size: number }[]): [number, number][] {
  const groups: [number, number][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const { version, size } of sizes) {
    bytes += size + HEAD_ROW_BYTES;
    const open = groups.at(-1);
    if (open !== undefined && bytes <= HEAD_PAGE_BYTES) open[1] = version;
    else {
      groups.push([version, version]);
      bytes = size + HEAD_ROW_BYTES;
    }
  }
  return groups;
}

async function readMerges(db: Database, known: ReadonlySet<string>): Promise<TransferRow[]> {
  const rows = await db
    .select({ id: classes.id, into: classes.mergedInto })
    .from(classes)
    .where(isNotNull(classes.mergedInto))
    .orderBy(asc(classes.id));
  return rows.filter(({ id, into }) => into !== null && known.has(id) && known.has(into));
}

/** The classes that were added after theirs had been read, and that these rows name. */
async function readNewClasses(db: Database, rows: readonly TransferRow[], known: Set<string>): Promise<TransferRow[]> {
  const named = new Set(rows.flatMap(({ classId, absorbedClassId }) => [classId, absorbedClassId]));
  const missing = [...named].filter((id) => typeof id === "string").filter((id) => !known.has(id));
  if (missing.length === 0) return [];
  for (const id of missing) known.add(id);
  const { columns } = TRANSFER_TABLES.class;
  return db
    .select({ ...columns })
    .from(classes)
    .where(sql`${classes.id} IN ${jsonList(missing)}`)
    .orderBy(asc(classes.id));
}

/** Only reviews have one. */
function dropPreview(row: TransferRow): TransferRow {
  return FILE_NAMES.preview in row ? { ...row, [FILE_NAMES.preview]: null } : row;
}

function toLines(kind: RowKind, rows: readonly TransferRow[]): ExportedRow[] {
  return rows.map((row) => ({ kind, row }));
}
