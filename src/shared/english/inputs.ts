/** Problems of what comes instead of photos, or beside them: texts, base64, embeddings, and single fields. */
import { problemOf } from "../problem.ts";

const HOW_TO_SEND_TEXT = 'Send text/plain in UTF-8, or JSON { "text": "..." }.';
const HOW_TO_SEND_BASE64 = "send the photo itself in base64, or as a data URL.";
const HOW_TO_SEND_PART = "Send the part that matters.";

/** In characters, before it becomes tokens. */
export const textTooLong = problemOf(
  "body_too_large",
  "text_too_long",
  ({ characters, limit }: { characters: number; limit: number }) =>
    `The text has ${characters} characters; at most ${limit} are read. ${HOW_TO_SEND_PART}`,
);
/** In tokens: each costs the encoder time. */
export const textOfTooManyPieces = problemOf(
  "body_too_large",
  "text_of_too_many_pieces",
  ({ pieces, limit }: { pieces: number; limit: number }) =>
    `The text has ${pieces} pieces of words; at most ${limit} are read. ${HOW_TO_SEND_PART}`,
);
/** The service has a limit of its own, and counts by its own tokens. */
export const textTooLongForService = problemOf(
  "body_too_large",
  "text_too_long_for_service",
  () => `The text is too long for the model at Workers AI. ${HOW_TO_SEND_PART}`,
);
/** Nothing, or blanks. */
export const textEmpty = problemOf("empty_body", "text_empty", () => "The text is empty: there is nothing to read.");
/** Bytes that no UTF-8 decoder takes. */
export const textNotUtf8 = problemOf(
  "bad_request",
  "text_not_utf8",
  () => `The text is not UTF-8. ${HOW_TO_SEND_TEXT}`,
);
/** Of a list; the other entries are answered. */
export const entryNoText = problemOf(
  "bad_request",
  "entry_no_text",
  () => "text: this entry of the list is not a text.",
);
/** The receipt knows its text by a hash, so staff see what was really asked about. */
export const textOfAnotherReceipt = problemOf(
  "bad_request",
  "text_of_another_receipt",
  () => "text: is not the text of this receipt. Send the one that was classified, or none.",
);
/** A photo was sent to a deployment for texts. */
export const readsTextsOnly = problemOf(
  "unsupported_media_type",
  "reads_texts_only",
  () => `This deployment reads texts, not photos. ${HOW_TO_SEND_TEXT}`,
);

/** JSON came without the field that holds the photo. */
export const noBase64Field = problemOf("bad_request", "no_base64_field", () => `inputs: ${HOW_TO_SEND_BASE64}`);
/** Whoever fetches addresses for others can be sent into a private network. */
export const addressNotFetched = problemOf(
  "bad_request",
  "address_not_fetched",
  () => `inputs: this server fetches no addresses; ${HOW_TO_SEND_BASE64}`,
);
/** The field holds other characters, or a length that base64 never has. */
export const brokenBase64 = problemOf(
  "bad_request",
  "broken_base64",
  () => `inputs: this is not base64; ${HOW_TO_SEND_BASE64}`,
);

/** `fault` is in English. */
export const embeddingUnusable = problemOf(
  "invalid_embedding",
  "embedding_unusable",
  ({ fault }: { fault: string }) => fault,
);
/** A device still has an older network. */
export const embeddingOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "embedding_of_another_backbone",
  ({ backbone }: { backbone: string }) =>
    "This embedding was made with another backbone than the one served here. " +
    `Load /backbone/manifest.json and /backbone/${backbone}.onnx again.`,
);
