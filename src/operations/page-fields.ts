/** What a request for a page of a list may say. `http/page.ts` cuts the page. */
import { z } from "zod";

const MAX_PAGE_ROWS = 200;

const DEFAULT_PAGE_ROWS = 100;

/** The fields of a query that make a `PageRequest`. `cursor` checks the key that the list runs along. */
export function pageFields<Cursor extends string | number>(cursor: z.ZodType<Cursor>) {
  const error = "is not a cursor of this list; send the `next` of the page before as it is";
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
