/** Problems of photos. */
import { problemOf } from "../problem.ts";
import { sentenceOf } from "../sentence.ts";

const ADVICE = "Send a JPEG, PNG, WebP or GIF file.";
type Format = { format: string };

export const photoEmpty = problemOf("empty_body", "photo_empty", () => `The photo is empty. ${ADVICE}`);
export const photoWithoutPixels = problemOf(
  "image_broken",
  "photo_without_pixels",
  () => "The photo has no pixels. Send another one.",
);
export const notAPhoto = problemOf(
  "not_an_image",
  "not_a_photo",
  () => `This is not a photo in a known format. ${ADVICE}`,
);
export const heicPhoto = problemOf(
  "unsupported_media_type",
  "heic_photo",
  () => `This server cannot read HEIC photos. Share or export the photo as JPEG. ${ADVICE}`,
);
export const rawPhoto = problemOf(
  "unsupported_media_type",
  "raw_photo",
  () => `TIFF and raw photos are not supported. ${ADVICE}`,
);
export const otherFormat = problemOf(
  "unsupported_media_type",
  "other_format",
  ({ format }: Format) => `${format} is not supported. ${ADVICE}`,
);
export const packedFile = problemOf(
  "unsupported_media_type",
  "packed_file",
  ({ format }: Format) => `${format} files are not supported. ${ADVICE}`,
);
export const rareJpeg = problemOf(
  "unsupported_media_type",
  "rare_jpeg",
  () => "Lossless, hierarchical and arithmetic-coded JPEGs are not supported. Save the photo again as a plain JPEG.",
);
export const jpegOfManyScans = problemOf(
  "unsupported_media_type",
  "jpeg_of_many_scans",
  ({ limit }: { limit: number }) =>
    `JPEGs of more than ${limit} scans are not supported. Save the photo again as a plain JPEG.`,
);
export const jpegOfOtherDepth = problemOf(
  "unsupported_media_type",
  "jpeg_of_other_depth",
  ({ bits }: { bits: number }) =>
    `JPEGs of ${bits} bits per sample are not supported. Save the photo again as a plain JPEG.`,
);
export const photoCutOff = problemOf(
  "image_broken",
  "photo_cut_off",
  ({ format }: Format) => `The ${format} is cut off: its end is missing. Send the photo again.`,
);
export const photoLacksRows = problemOf(
  "image_broken",
  "photo_lacks_rows",
  ({ format }: Format) => `The ${format} is cut off: rows are missing. Send the photo again.`,
);
export const photoStructureDamaged = problemOf(
  "image_broken",
  "photo_structure_damaged",
  ({ format }: Format) => `The ${format}'s structure is damaged. Send the photo again.`,
);
export const photoDataDamaged = problemOf(
  "image_broken",
  "photo_data_damaged",
  ({ format }: Format) => `The ${format} data is damaged. Send the photo again.`,
);
export const photoTooLarge = problemOf(
  "body_too_large",
  "photo_too_large",
  ({ bytes, limit }: { bytes: number; limit: number }) => `The photo has ${bytes} bytes; the limit is ${limit}.`,
);
const megapixels = (pixels: number) => (pixels / 1e6).toFixed(1);
export const tooManyPixels = problemOf(
  "image_too_large",
  "too_many_pixels",
  ({ width, height, limit, kind }: { width: number; height: number; limit: number; kind: string }) =>
    `The photo has ${width} x ${height} = ${megapixels(width * height)} megapixels; the limit is ${megapixels(limit)} for photos of ` +
    `this kind (${kind}). Shrink it first, or send a baseline JPEG (the web form does both by itself).`,
);

export const noPhotoFields = problemOf("bad_request", "no_photo_fields", () => "image: send photos in fields `image`.");
export const noPhotoField = problemOf(
  "bad_request",
  "no_photo_field",
  () => "image: send the photo in the multipart field `image`.",
);
export const onePhotoAtATime = problemOf(
  "bad_request",
  "one_photo_at_a_time",
  () => "image: send one photo at a time.",
);
export const tooManyPhotos = problemOf(
  "bad_request",
  "too_many_photos",
  ({ sent, limit }: { sent: number; limit: number }) =>
    `image: ${sent} photos were sent; one request takes at most ${limit}.`,
);
export const photoOfSeveral = sentenceOf(
  "photo_of_several",
  ({ number, of }: { number: number; of: number }) => `Photo ${number} of ${of} cannot be used.`,
);
export const togetherOfTexts = problemOf(
  "bad_request",
  "together_of_texts",
  () => "together: this deployment reads texts, each of which is answered by itself. Leave it out.",
);
export const otherContentType = problemOf(
  "unsupported_media_type",
  "other_content_type",
  ({ type }: { type: string }) =>
    `This is not a photo (Content-Type ${type}). Send a JPEG, PNG, WebP or GIF file, or multipart/form-data with the field \`image\`.`,
);
export const readsPhotosOnly = problemOf(
  "unsupported_media_type",
  "reads_photos_only",
  () => `This deployment reads photos, not texts. ${ADVICE}`,
);
