/** How much of originals is kept in a bucket. */

/** Bytes of one, as it is stored: a photo of 1,024 pixels takes half of it. An isolate holds at most 12.5 MB, for the fifty of a request together. */
export const MAX_ORIGINAL_BYTES = 256 * 1024;

/** Bytes of all together, some 150,000 photos. Above it none is added. */
export const MAX_ORIGINALS_BYTES = 20_000_000_000;
