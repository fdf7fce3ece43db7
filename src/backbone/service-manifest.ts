/** What is known of a text backbone that runs elsewhere, at a model service: there are no weights to carry, only a name to ask for. */
import { z } from "zod";
import { blockSchema } from "./text-manifest.ts";

const positive = z.number().int().positive();

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
