/** What is known of a text backbone beside its weights: identity, tokens, blocks of the embedding, licence. */
import { z } from "zod";

const positive = z.number().int().positive();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A stretch of the embedding that comes from one source. The head may listen to each more or less. */
const blockSchema = z.object({
  /** `encoder`: the network's output. `characters`: hashed character grams. */
  source: z.enum(["encoder", "characters"]),
  dimension: positive,
  /** The block has unit length before it is multiplied by this. */
  weight: z.number().positive(),
});

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
  /** Ids of tokens, int64 [1, n], n at most `maxTokens`; longer texts are read in windows. */
  input: z.object({ name: z.string().min(1), maxTokens: positive }),
  output: z.object({
    name: z.string().min(1),
    /** All blocks together. */
    dimension: positive,
    blocks: z.array(blockSchema).min(1),
  }),
  /** What the encoder can read, as BCP 47 tags. */
  languages: z.array(z.string().min(2)),
  licence: z.string().min(1),
  origin: z.string().min(1),
});

export type TextManifest = z.infer<typeof textManifestSchema>;
export type EmbeddingBlock = z.infer<typeof blockSchema>;
