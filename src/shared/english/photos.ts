/** Problems of photos. */
import { problemOf } from "../problem.ts";
import { sentenceOf } from "../sentence.ts";

const ADVICE = "Send a JPEG, PNG, WebP or GIF file.";
type Format = { format: string };

/** No byte at all. */
export const photoEmpty = problemOf("empty_body", "photo_empty", () => `The photo is empty. ${ADVICE}`);
/** The header says that its width or height is zero. */
export const photoWithoutPixels = problemOf(
  "image_broken",
  "photo_without_pixels",
  () => "The photo has no pixels. Send another one.",
);
/** The first bytes are those of no format. */
export const notAPhoto = problemOf(
  "not_an_image",
  "not_a_photo",
  () => `This is not a photo in a known format. ${ADVICE}`,
);
/** What an iPhone takes, unless it is told otherwise. */
export const heicPhoto = problemOf(
  "unsupported_media_type",
  "heic_photo",
  () => `This server cannot read HEIC photos. Share or export the photo as JPEG. ${ADVICE}`,
);
/** TIFF is what most cameras' raw files begin as. */
export const rawPhoto = problemOf(
  "unsupported_media_type",
  "raw_photo",
  () => `TIFF and raw photos are not supported. ${ADVICE}`,
);
/** A known format that has no decoder here. */
export const otherFormat = problemOf(
  "unsupported_media_type",
  "other_format",
  ({ format }: Format) => `${format} is not supported. ${ADVICE}`,
);
/** A file that holds others. */
export const packedFile = problemOf(
  "unsupported_media_type",
  "packed_file",
  ({ format }: Format) => `${format} files are not supported. ${ADVICE}`,
);
/** The decoder reads baseline, extended and progressive frames. */
export const rareJpeg = problemOf(
  "unsupported_media_type",
  "rare_jpeg",
  () => "Lossless, hierarchical and arithmetic-coded JPEGs are not supported. Save the photo again as a plain JPEG.",
);
/** Each scan goes over the whole picture, so a small file could take very long. */
export const jpegOfManyScans = problemOf(
  "unsupported_media_type",
  "jpeg_of_many_scans",
  ({ limit }: { limit: number }) =>
    `JPEGs of more than ${limit} scans are not supported. Save the photo again as a plain JPEG.`,
);
/** Eight bits are what the decoder knows. */
export const jpegOfOtherDepth = problemOf(
  "unsupported_media_type",
  "jpeg_of_other_depth",
  ({ bits }: { bits: number }) =>
    `JPEGs of ${bits} bits per sample are not supported. Save the photo again as a plain JPEG.`,
);
/** Found before anything is decoded. */
export const photoCutOff = problemOf(
  "image_broken",
  "photo_cut_off",
  ({ format }: Format) => `The ${format} is cut off: its end is missing. Send the photo again.`,
);
/** Found by the decoder: its data ends before the last row. */
export const photoLacksRows = problemOf(
  "image_broken",
  "photo_lacks_rows",
  ({ format }: Format) => `The ${format} is cut off: rows are missing. Send the photo again.`,
);
/** Found before anything is decoded. */
export const photoStructureDamaged = problemOf(
  "image_broken",
  "photo_structure_damaged",
  ({ format }: Format) => `The ${format}'s structure is damaged. Send the photo again.`,
);
/** Found by the decoder. */
export const photoDataDamaged = problemOf(
  "image_broken",
  "photo_data_damaged",
  ({ format }: Format) => `The ${format} data is damaged. Send the photo again.`,
);
/** In bytes. */
export const photoTooLarge = problemOf(
  "body_too_large",
  "photo_too_large",
  ({ bytes, limit }: { bytes: number; limit: number }) => `The photo has ${bytes} bytes; the limit is ${limit}.`,
);
const megapixels = (pixels: number) => (pixels / 1e6).toFixed(1);
/** The limit depends on how much memory this kind takes while it is decoded. */
export const tooManyPixels = problemOf(
  "image_too_large",
  "too_many_pixels",
  ({ width, height, limit, kind }: { width: number; height: number; limit: number; kind: string }) =>
    `The photo has ${width} x ${height} = ${megapixels(width * height)} megapixels; the limit is ${megapixels(limit)} for photos of ` +
    `this kind (${kind}). Shrink it first, or send a baseline JPEG (the web form does both by itself).`,
);

/** Of a form that may bring several photos. */
export const noPhotoFields = problemOf("bad_request", "no_photo_fields", () => "image: send photos in fields `image`.");
/** Of a form that brings one photo. */
export const noPhotoField = problemOf(
  "bad_request",
  "no_photo_field",
  () => "image: send the photo in the multipart field `image`.",
);
/** This operation answers about one. */
export const onePhotoAtATime = problemOf(
  "bad_request",
  "one_photo_at_a_time",
  () => "image: send one photo at a time.",
);
/** Each is decoded and embedded in the one request. */
export const tooManyPhotos = problemOf(
  "bad_request",
  "too_many_photos",
  ({ sent, limit }: { sent: number; limit: number }) =>
    `image: ${sent} photos were sent; one request takes at most ${limit}.`,
);
/** Goes before what is wrong with the photo. */
export const photoOfSeveral = sentenceOf(
  "photo_of_several",
  ({ number, of }: { number: number; of: number }) => `Photo ${number} of ${of} cannot be used.`,
);
/** Several photos show one thing from more sides; texts do not. */
export const togetherOfTexts = problemOf(
  "bad_request",
  "together_of_texts",
  () => "together: this deployment reads texts, each of which is answered by itself. Leave it out.",
);
/** Neither a photo nor a form. */
export const otherContentType = problemOf(
  "unsupported_media_type",
  "other_content_type",
  ({ type }: { type: string }) =>
    `This is not a photo (Content-Type ${type}). Send a JPEG, PNG, WebP or GIF file, or multipart/form-data with the field \`image\`.`,
);
/** A text was sent to a deployment for photos. */
export const readsPhotosOnly = problemOf(
  "unsupported_media_type",
  "reads_photos_only",
  () => `This deployment reads photos, not texts. ${ADVICE}`,
);
