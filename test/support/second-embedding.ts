/** Embeddings of a second backbone that there is none of: near its item's centre, and the same each time. */
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { createNormal } from "./random.ts";

/** What it makes of a sample of this item, as `POST /v1/admin/second-backbone/embeddings` takes it. */
export function embedAsOther({ photo, label }: { readonly photo: string; readonly label: string }, dimension: number) {
  const [centre, noise] = [createNormal(`other ${label}`), createNormal(photo)];
  const raw = Float32Array.from({ length: dimension }, () => centre() + 0.4 * noise());
  const embedding = quantiseEmbedding(raw, dimension);
  if (!embedding.ok) throw new Error(embedding.error.message);
  const { values, scale } = embedding.value;
  // Node's bytes have no `toBase64` yet.
  return { photo, embedding: btoa(String.fromCharCode(...new Uint8Array(values.buffer))), scale };
}
