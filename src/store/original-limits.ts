/** How much of originals is kept in a bucket. */

/** Of one, as it is stored: a photo of 1,024 pixels takes a half of it. Of a request's fifty together, an isolate holds 12.5 MB at most. */
export const MAX_ORIGINAL_BYTES = 256 * 1024;

/** Of all together, some 150,000 photos. Above it none is added. */
export const MAX_ORIGINALS_BYTES = 20_000_000_000;
