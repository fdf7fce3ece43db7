/** The words that several answers share, each named once in the document. */
import { z } from "zod";
import { MAX_EXPLAINED_PHOTOS } from "../shared/list-limits.ts";
import { NONE_ID } from "../shared/none-label.ts";

/** The request header that carries the human check's token, and the field of a posted form, as the widget names it. */
export const TOKEN_NAME = "cf-turnstile-response";

/** Every moment in an answer is written this way, never as a number. */
export const time = z.iso.datetime().meta({ description: "ISO 8601, in UTC", examples: ["2026-10-01T18:30:00.000Z"] });

/** Of items alone; where a sample may be marked as none of them it is `labelId`. */
export const classId = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: "An item's id", examples: ["four-cheese"] });

/** What a sample can be labelled as. */
export const labelId = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: `An item's id, or \`${NONE_ID}\`: not on the menu`, examples: ["four-cheese", NONE_ID] });

/** How many photos to name on each side of an answer. */
export const photoCount = z.coerce.number().int().min(1).max(MAX_EXPLAINED_PHOTOS);

/** How photos are named in paths, queries and answers. */
export const sampleId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: "SHA-256 of the photo's bytes, in lower-case hex" });

/** Embeddings of different backbones are never compared. */
export const backboneId = sampleId.meta({ description: "SHA-256 of the backbone's file, in lower-case hex" });

/** A calibrated probability. */
export const score = z.number().min(0).max(1);

/** Of rows, photos or requests; never negative. */
export const count = z.int().min(0);

/** Heads are numbered from 1 as they are made. */
export const version = z.int().min(1).meta({ description: "A head's number" });

/** Whether the Worker or a browser computed an embedding. */
export const origin = z.enum(["server", "device"]).meta({
  description:
    "Who ran the backbone. Nobody can tell whether there is a photo or a text behind an embedding of a device.",
});

/** Under whose name an example or a correction is kept. */
export const contributor = z
  .string()
  .meta({ description: "`staff`, a key's id, or the pseudonym of a guest's network" });

/** Of operations that guests may be asked for the human check before. */
export const humanHeader = z.object({
  [TOKEN_NAME]: z.string().optional().meta({
    description:
      "A guest's Turnstile token, where the deployment asks for one and the cookie of an earlier one has ended",
  }),
});

/** The key of a page's last row, which the next page begins behind. */
export function nextOf<S extends z.ZodType>(key: S) {
  return key.nullable().meta({ description: "Goes into `after`; null on the last page" });
}

/** What a text of an answer says, for programs that say it in another language. */
export const says = z
  .array(
    z.strictObject({
      code: z.string().meta({ description: "Which sentence; what it means and its parameters do not change" }),
      params: z.record(z.string(), z.union([z.string(), z.number()])).meta({ description: "What fills it in" }),
    }),
  )
  .meta({ id: "Sentences", description: "The same as the English text beside it, a code for each sentence" });

/** A problem inside an answer that says what became of many things. */
export const innerProblem = z
  .strictObject({ code: z.string(), detail: z.string(), says })
  .meta({ id: "ItemProblem", description: "Why one of many was refused; the codes are those of a problem." });

/** What was forgotten. */
export const forgotten = z
  .strictObject({ forgotten: z.strictObject({ examples: count, reviews: count }) })
  .meta({ id: "Forgotten" });

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
