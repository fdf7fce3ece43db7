/** How much a deployment keeps of what samples looked like. */

/** Bytes of one picture, before base64. */
export const MAX_PICTURE_BYTES = 12 * 1024;

/** Bytes of all pictures together as they are stored, well under the 10 GB of a D1 database: some 400,000. Above it none is added. */
export const MAX_PICTURES_BYTES = 5_000_000_000;
