/** What is known of a text backbone beside its weights: identity, tokens, blocks of the embedding, licence. */
import { z } from "zod";
import { POOLINGS } from "./pool-tokens.ts";

const positive = z.number().int().positive();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const tokenIds = z.array(z.number().int().nonnegative()).max(16);

/** A stretch of the embedding that comes from one source. The head may listen to each more or less. */
export const blockSchema = z.object({
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
