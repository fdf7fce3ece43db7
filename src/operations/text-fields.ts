/** Texts in a JSON body: one, or a list of them. */
import { z } from "zod";
import { whenMissing } from "./field-faults.ts";

/** Texts of one list. */
export const MAX_TEXTS_PER_REQUEST = 64;
/** Of all texts of a request together, as JSON. */
export const MAX_TEXT_BATCH_BYTES = 1024 * 1024;
/** Its length is checked where it is normalised. */
export const sentText = z.string({ error: whenMissing("send the text") });
/** What of a list is not a text is refused in its place, so the list takes anything. */
const sentRow = z.unknown().meta({ override: { type: "string" } });
const error = `send a text, or up to ${MAX_TEXTS_PER_REQUEST} in a list`;
/** `text` is one text or a list of them; a row of a list may be anything and is refused by itself. */
export const textBatchSchema = z.strictObject({
  text: z.union([z.string(), z.array(sentRow).min(1, error).max(MAX_TEXTS_PER_REQUEST, error)], { error }),
});
