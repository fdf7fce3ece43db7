/**
 * What a program has to know beside the numbers of an exported file: which items the scores are for, and how a photo or a text becomes
 * what the file takes. It lies in the file's metadata under `headstart`, as JSON. Pure.
 */
import type { TranslatedNames } from "../../shared/language.ts";
import { GRAMS_AT_ONCE } from "../../text/gram-tokeniser.ts";
import { READING_VERSION } from "../../text/reading-version.ts";
import type { BackboneManifest } from "../manifest.ts";
import type { TextManifest } from "../text-manifest.ts";

/** Changes when a program that reads the description would have to. */
const FORMAT_VERSION = 1;

/** An item, at the place of its score. */
export interface PortableItem {
  readonly id: string;
  readonly name: string;
  readonly names: TranslatedNames;
  /** The least score with which it is answered; null where there is none. */
  readonly threshold: number | null;
}

/** The head's part, as it is exported. */
interface PortableHead {
  readonly version: number;
  readonly items: readonly PortableItem[];
}

/** The description as JSON. `isHashed` of texts whose tokenizer has no vocabulary: a library that reads `tokenizer.json` cannot read that one. */
export function describePortable(
  manifest: BackboneManifest | TextManifest,
  { version, items }: PortableHead,
  isHashed = false,
): string {
  const { id, name, licence, origin, modality } = manifest;
  const input = modality === "text" ? describeTokens(manifest, isHashed) : describePixels(manifest);
  const backbone = { id, name, licence, origin };
  return JSON.stringify({ formatVersion: FORMAT_VERSION, headVersion: version, modality, items, input, backbone });
}

/** In the order in which it is to be done; lengths in pixels. */
function describePixels({ input }: BackboneManifest) {
  const { name, layout, height, width, crop, resizeShortSide, mean, std } = input;
  return {
    name,
    orientation: "turn the photo upright as its EXIF says",
    transparency: "lay it on white",
    resize: {
      fit: crop,
      ...(crop === "center" ? { shortSide: resizeShortSide } : {}),
      filter: "triangle (bilinear), wider where it shrinks, as Pillow's BILINEAR; in floats, not rounded in between",
    },
    ...{ height, width, layout, channels: "RGB" },
    ...{ normalise: "(value / 255 - mean) / std; what no pixel covers is 0", mean, std },
  };
}

function describeTokens({ input, output }: TextManifest, isHashed: boolean) {
  const { name, frame, attentionMask, tokenTypeIds } = input;
  const maxTokens = isHashed ? GRAMS_AT_ONCE : input.maxTokens;
  return {
    name,
    normalise:
      "NFC; without invisible characters; one space for each run of spaces, line ends and control characters; trimmed",
    tokenizer: isHashed
      ? "hashed grams, as examples/portable computes them with the numbers of tokenizer.json"
      : "tokenizer.json, without special tokens",
    frame: frame ?? { before: [], after: [] },
    ...(attentionMask === undefined ? {} : { attentionMask }),
    ...(tokenTypeIds === undefined ? {} : { tokenTypeIds }),
    windows: `ceil(n / ${maxTokens}) parts of equal length; one run each, with share = length / n and before = the last run's encoded`,
    maxTokens,
    numbers: output.blocks.find(({ source }) => source === "encoder")?.dimension ?? output.dimension,
    characters: output.blocks.some(({ source }) => source === "characters")
      ? "hashed characters, as examples/portable computes them"
      : null,
    readingVersion: READING_VERSION,
  };
}
