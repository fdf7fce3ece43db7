/** What is wrong with single fields of a request. The name of the field goes before. */
import type { FieldError } from "../problem.ts";
import type { Sentence, SentenceParams } from "../sentence.ts";

/** A fault with its sentence for other languages. */
export interface FieldFault extends FieldError {
  readonly says: Sentence;
}

/* @__NO_SIDE_EFFECTS__ */
function faultOf<const Code extends string, P extends SentenceParams & { readonly field: string }>(
  says: Code,
  say: (params: P) => string,
) {
  const make = (params: P): FieldFault => ({ field: params.field, detail: say(params), says: { code: says, params } });
  return Object.assign(make, { says });
}

type Field = { field: string };
/** Of a text that needs a character, or a list that needs a row. */
export const fieldEmpty = faultOf("field_empty", (_: Field) => "is empty");
/** Of a text. */
export const fieldTooLong = faultOf(
  "field_too_long",
  ({ limit }: Field & { limit: number }) => `is longer than ${limit} characters`,
);
/** Of a list. */
export const fieldHoldsTooMany = faultOf(
  "field_holds_too_many",
  ({ limit }: Field & { limit: number }) => `holds more than ${limit}`,
);
/** Of a number. */
export const fieldTooLow = faultOf("field_too_low", ({ limit }: Field & { limit: number }) => `is less than ${limit}`);
/** Of a number. */
export const fieldTooHigh = faultOf(
  "field_too_high",
  ({ limit }: Field & { limit: number }) => `is more than ${limit}`,
);
/** Of a word out of a closed list; `known` has them all, with commas between. */
export const fieldNoneOf = faultOf("field_none_of", ({ known }: Field & { known: string }) => `is none of ${known}`);
/** Such a name could not be told from another one. */
export const fieldUnreadable = faultOf(
  "field_unreadable",
  (_: Field) => "has line breaks, control characters or other invisible characters; type it again",
);
/** A misspelt field would do nothing, in silence. */
export const fieldUnknown = faultOf("field_unknown", (_: Field) => "is unknown");
/** Where the schema says it in its own words. */
export const fieldWrong = faultOf("field_wrong", ({ fault }: Field & { fault: string }) => fault);
/** Of the header `Idempotency-Key`. */
export const repeatKeyMalformed = faultOf(
  "repeat_key_malformed",
  (_: Field) => "is not 1 to 255 visible ASCII characters",
);
/** To repeat the answer, the secret in it would have to be stored. */
export const repeatKeyNotTaken = faultOf(
  "repeat_key_not_taken",
  (_: Field) => "is not accepted here: this answer carries a secret, which is never stored",
);
