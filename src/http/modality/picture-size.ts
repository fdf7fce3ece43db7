/** How large and how good the pictures are that are kept of photos. */
import { ORIGINAL_SIDE_PIXELS, THUMBNAIL_SIDE_PIXELS } from "../../image/small-copy.ts";
import { MAX_ORIGINAL_BYTES, MAX_PICTURE_BYTES } from "../../store/pictures/tables.ts";

/** Of the longer side, of the file, and how good it is to be, 0 to 100; undefined: as the encoder thinks right. */
export interface PictureSize {
  readonly side: number;
  readonly maxBytes: number;
  readonly quality?: number;
}

/** What people judge by. */
export const THUMBNAIL: PictureSize = { side: THUMBNAIL_SIDE_PIXELS, maxBytes: MAX_PICTURE_BYTES };

/** What another backbone may be taught by. */
export const ORIGINAL: PictureSize = { side: ORIGINAL_SIDE_PIXELS, maxBytes: MAX_ORIGINAL_BYTES, quality: 85 };
