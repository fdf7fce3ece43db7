/**
 * The format in which a whole deployment travels: one JSON object per line, explained in docs/transfer-format.md. What the
 * Worker and the commands both have to know of it; the rows themselves are the store's.
 */

/** What the first line says the file is. */
export const FORMAT_NAME = "headstart-export";
/** Raised when a reader of the old version could no longer read the new one. */
export const FORMAT_VERSION = 4;
/** The version of files that hold pictures, a kind of row that readers of version 4 refuse; in everything else they are version 4. */
export const PICTURES_VERSION = 5;
/** What this reader takes: earlier versions lack the columns of `LATER_COLUMNS`. */
export const READABLE_VERSIONS = [1, 2, 3, FORMAT_VERSION, PICTURES_VERSION] as const;

/** Content type of exports and imports: JSON texts, one a line, each ended by a line feed. */
export const NDJSON_TYPE = "application/x-ndjson";

/** Rows that one request may bring beside the header line: a statement each leaves room in the 1,000 that D1 allows. */
export const MAX_IMPORT_ROWS = 500;
/** Bytes of one request: the largest row that D1 holds (2 MB), twice. */
export const MAX_IMPORT_BYTES = 4 * 1024 * 1024;

/** The largest number that a row may count to: none gets there by counting, and from it all can go on without losing a whole one. */
export const MAX_COUNT = 2 ** 31 - 1;

/** Kinds of rows, in the order in which a file holds them: what is referred to comes before what refers to it. */
export const ROW_KINDS = [
  ...(["class", "merge", "example", "picture", "review"] as const),
  ...(["head", "audit", "statistics", "deployment"] as const),
] as const;
/** The `kind` by which a line of a file names its table. */
export type RowKind = (typeof ROW_KINDS)[number];

type Columns = Readonly<Partial<Record<RowKind, Readonly<Record<string, unknown>>>>>;

const SINCE_VERSION_4: Columns = {
  example: { purpose: "learn", unseenSince: 0, place: null },
  review: { place: null },
  head: { tested: null },
};
const SINCE_VERSION_3: Columns = { example: { labelledBy: null } };
const SINCE_VERSION_2: Columns = {
  class: { position: 0, aliases: [], names: {}, threshold: null },
  review: { skippedAt: null },
};

/** What rows of a version stand for in the columns that it did not have. */
export const LATER_COLUMNS: Readonly<Record<(typeof READABLE_VERSIONS)[number], Columns>> = {
  1: join(SINCE_VERSION_2, SINCE_VERSION_3, SINCE_VERSION_4),
  2: join(SINCE_VERSION_3, SINCE_VERSION_4),
  3: SINCE_VERSION_4,
  4: {},
  5: {},
};

/** All of them; a kind that several name has the columns of each. */
function join(...parts: readonly Columns[]): Columns {
  const kinds = ROW_KINDS.filter((kind) => parts.some((part) => part[kind] !== undefined));
  return Object.fromEntries(kinds.map((kind) => [kind, Object.assign({}, ...parts.map((part) => part[kind]))]));
}

/** Columns that a file calls differently from the schema, by the names that readers of earlier versions know. */
export const FILE_NAMES: Readonly<Record<string, string>> = { sampleId: "photoId", preview: "thumbnail" };

/** The kind of the last line, which proves that nothing is missing before it. */
export const END_KIND = "end";

/** How many rows of each kind there are; of pictures in files that hold them. */
export type RowCounts = Record<Exclude<RowKind, "picture">, number> & { picture?: number | undefined };

/** A fresh tally for a file of which no row has been read. */
export function zeroCounts(): RowCounts {
  return { class: 0, merge: 0, example: 0, review: 0, head: 0, audit: 0, statistics: 0, deployment: 0 };
}

/** The first line. */
export interface ExportHeader {
  readonly format: typeof FORMAT_NAME;
  readonly version: (typeof READABLE_VERSIONS)[number];
  /** SHA-256 of the backbone that made every embedding of the file. */
  readonly backboneId: string;
  /** Length of an embedding, D. */
  readonly dimension: number;
  /** Rows when the export began; the last line has those that were written. */
  readonly counts: RowCounts;
}

/** The last line. */
export interface ExportEnd {
  readonly kind: typeof END_KIND;
  readonly counts: RowCounts;
  /** SHA-256 of all bytes before this line, in hex. */
  readonly sha256: string;
}
