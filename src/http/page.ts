/** Rows behind `after`, or from the start; at most `limit`. */
export interface PageRequest<Cursor> {
  readonly after: Cursor | null;
  readonly limit: number;
}

/** `list` gives the rows behind a key, in the order of their keys; `next` is null where none is left. */
export async function readPage<Row, Cursor>(
  { after, limit }: PageRequest<Cursor>,
  list: (after: Cursor | null, limit: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Cursor,
): Promise<{ readonly rows: readonly Row[]; readonly next: Cursor | null }> {
  // One more than the page holds tells whether there is another.
  const found = await list(after, limit + 1);
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? keyOf(rows[limit - 1]) : null };
}
