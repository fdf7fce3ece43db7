/**
 * Lists that are read page by page: what a request for a page may say, and how the page is cut. A page begins behind the key of
 * the last row of the one before, so that rows which come or go in between make no other row appear twice or never.
 */
import { z } from "zod";

const MAX_PAGE_ROWS = 200;
const DEFAULT_PAGE_ROWS = 100;

/** Rows behind `after`, or from the start; at most `limit`. */
interface PageRequest<Cursor> {
  readonly after: Cursor | null;
  readonly limit: number;
}

/** The fields of a query that make a `PageRequest`. `cursor` checks the key that the list runs along. */
export function pageFields<Cursor extends string | number>(cursor: z.ZodType<Cursor>) {
  const error = "is no cursor of this list; send the `next` of the page before as it is";
  return {
    after: z
      .union([cursor, z.literal("")], { error })
      .optional()
      .transform((given) => (given === undefined || given === "" ? null : given))
      .meta({ description: "The `next` of the page before; absent or empty for the first one" }),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(MAX_PAGE_ROWS)
      .default(DEFAULT_PAGE_ROWS)
      .meta({ description: "Rows of a page at most" }),
  };
}

/** The query of lists that run from the newest row to the oldest by a number. */
export const numberedPage = z.strictObject(pageFields(z.coerce.number().int().positive()));

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
