/** What is known of a backbone beside its weights: identity, input, output, licence. Written by `npm run backbone`. */
import { z } from "zod";
import { FITS } from "../image/geometry.ts";

const positive = z.number().int().positive();
const perChannel = z.tuple([z.number(), z.number(), z.number()]);

/** Checks the JSON file that lies beside the weights. */
export const backboneManifestSchema = z.object({
  /** Manifests that were written before there were text backbones do not say it. */
  modality: z.literal("image").default("image"),
  /** SHA-256 of the ONNX file, hex. Embeddings of different ids are never mixed. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1),
  file: z.string().min(1),
  bytes: positive,
  input: z.object({
    name: z.string().min(1),
    layout: z.literal("NCHW"),
    height: positive,
    width: positive,
    /** R, G, B, in units of [0, 1]: tensor = (value / 255 - mean) / std. */
    mean: perChannel,
    std: perChannel,
    /** With `center`, the upright photo's short side is resized to this before the crop; otherwise it says nothing. */
    resizeShortSide: positive,
    /** How a photo of any shape is fitted to the input. */
    crop: z.enum(FITS),
  }),
  output: z.object({ name: z.string().min(1), dimension: positive }),
  /** Of a network in whole numbers: what it was made of. */
  quantisation: z
    .object({
      /** Id of the network in floats. */
      of: z.string().min(1),
      weightBits: positive,
      activationBits: positive,
      /** Pictures that showed what range the numbers have, and the mean cosine to the embeddings in floats on them. */
      photos: positive,
      cosine: z.number(),
    })
    .optional(),
  licence: z.string().min(1),
  origin: z.string().min(1),
});

/** What `backboneManifestSchema` lets through: lengths in pixels, sizes in bytes. */
export type BackboneManifest = z.infer<typeof backboneManifestSchema>;
