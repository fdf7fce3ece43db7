/**
 * What is known of a backbone beside its weights: identity, input, output, licence; of texts also tokens and the
 * blocks of the embedding, or the name to ask a model service for. Written by `npm run backbone`.
 */
import * as z from "zod"; // -- not { z }, which scripts for phones cannot take without its words in fifty languages
import { FITS } from "../image/geometry.ts";
import { POOLINGS } from "./pool-tokens.ts";

const positive = z.number().int().positive();
const perChannel = z.tuple([z.number(), z.number(), z.number()]);

/** A photo is looked at so often at most: each view costs as much as a photo. */
export const MAX_VIEWS = 4;

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
    /**
     * Short sides of several views of a photo, from the widest on; `resizeShortSide` is the last of them. The network takes
     * [views, 3, height, width] and gives the mean of what it says of each. Absent for one view.
     */
    views: z.array(positive).min(2).max(MAX_VIEWS).readonly().optional(),
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

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const tokenIds = z.array(z.number().int().nonnegative()).max(16);

/** A stretch of the embedding that comes from one source. The head may listen to each more or less. */
const blockSchema = z.object({
  /** `encoder`: the network's output. `characters`: hashed character grams. */
  source: z.enum(["encoder", "characters"]),
  dimension: positive,
  /** The block has unit length before it is multiplied by this. */
  weight: z.number().positive(),
});

/** Checks the JSON file beside the weights of a text backbone. */
export const textManifestSchema = z.object({
  modality: z.literal("text"),
  /** SHA-256 over all that an embedding depends on: model, tokenizer, blocks. Embeddings of different ids are never mixed. */
  id: hash,
  name: z.string().min(1),
  /** The ONNX file, its size and its SHA-256. */
  file: z.string().min(1),
  bytes: positive,
  sha256: hash,
  /** In the format of Hugging Face's `tokenizer.json`. */
  tokenizer: z.object({ file: z.string().min(1), sha256: hash }),
  input: z.object({
    /** Ids of tokens, int64 [1, n]. */
    name: z.string().min(1),
    /** The longest text in one run, without the frame; longer texts are read in windows. */
    maxTokens: positive,
    /** Special tokens around each window, such as BERT's [CLS] and [SEP]. */
    frame: z.object({ before: tokenIds, after: tokenIds }).optional(),
    /** Further inputs of the same shape: one that is all ones, one that is all zeros. */
    attentionMask: z.string().min(1).optional(),
    tokenTypeIds: z.string().min(1).optional(),
  }),
  output: z.object({
    name: z.string().min(1),
    /** How [1, n, d] becomes one vector; absent where the network gives [1, d] itself. */
    pooling: z.enum(POOLINGS).optional(),
    /** All blocks together. */
    dimension: positive,
    blocks: z.array(blockSchema).min(1),
  }),
  /** What the encoder can read, as BCP 47 tags. */
  languages: z.array(z.string().min(2)),
  licence: z.string().min(1),
  origin: z.string().min(1),
});

/** What `textManifestSchema` lets through: lengths in tokens, sizes in bytes. */
export type TextManifest = z.infer<typeof textManifestSchema>;
/** One stretch of the embedding: the network's vector or the character grams, with the weight that it counts by. */
export type EmbeddingBlock = z.infer<typeof blockSchema>;

/** Checks the manifest of a backbone at a service. */
export const serviceManifestSchema = z.object({
  modality: z.literal("text"),
  /** SHA-256 over all that an embedding depends on here. What the service changes by itself is not seen. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1),
  service: z.literal("workers-ai"),
  /** As the service calls it, such as `@cf/baai/bge-m3`. */
  model: z.string().min(1),
  /** The longest text in one piece; longer ones are read in several, whose vectors are averaged. */
  input: z.object({ maxCharacters: positive }),
  output: z.object({
    /** All blocks together. */
    dimension: positive,
    blocks: z.array(blockSchema).min(1),
  }),
  /** What the model can read, as BCP 47 tags. */
  languages: z.array(z.string().min(2)),
  licence: z.string().min(1),
  origin: z.string().min(1),
});

/** What `serviceManifestSchema` lets through: lengths in UTF-16 units. */
export type ServiceManifest = z.infer<typeof serviceManifestSchema>;
