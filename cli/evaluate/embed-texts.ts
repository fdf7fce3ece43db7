/** Reads and encodes lists of labelled texts, each text once; how the blocks are weighed is decided later. */
import type { BlockSources } from "../../src/backbone/text-embedder.ts";
import { readText } from "../../src/text/read-text.ts";
import { sha256Of } from "../backbone/file-identity.ts";
import type { LabelledText } from "../import/text-list.ts";
import type { NodeTextEmbedder } from "./node-text-embedder.ts";

export interface EncodedText {
  readonly classId: string;
  /** Normalised. */
  readonly text: string;
  readonly sources: BlockSources;
  /** Share of the characters that the encoder could not read. */
  readonly unreadShare: number;
  /** Wall time of reading and encoding, ms. */
  readonly milliseconds: number;
}

/** A text that was left out, by its beginning. */
export interface RefusedText {
  readonly file: string;
  readonly reason: string;
}

export interface EncodedTexts {
  readonly rows: readonly EncodedText[];
  readonly refused: readonly RefusedText[];
}

const SHOWN_CHARACTERS = 40;

/** In the order given. `source` names the list in what is refused. */
export async function encodeTexts(
  texts: readonly LabelledText[],
  source: string,
  { embedder, tokenise }: NodeTextEmbedder,
): Promise<EncodedTexts> {
  const rows: EncodedText[] = [];
  const refused: RefusedText[] = [];
  for (const { label, text } of texts) {
    const start = performance.now();
    const read = readText(text, tokenise, embedder.manifest.input.maxTokens);
    const encoded = read.ok ? await embedder.encode(read.value) : read;
    if (!read.ok || !encoded.ok) {
      const reason = read.ok ? "the encoder failed" : read.error.detail;
      refused.push({ file: `${source}: ${text.slice(0, SHOWN_CHARACTERS)}`, reason });
      continue;
    }
    const { grams, unreadShare } = read.value;
    const milliseconds = performance.now() - start;
    const sources = { encoder: encoded.value, characters: grams };
    rows.push({ classId: label, text: read.value.text, sources, unreadShare, milliseconds });
  }
  return { rows, refused };
}

/** At most `shots` of each label, chosen by `seed`: the order of hashes, the same on every machine. Without `shots`, all. */
export function takeShots(texts: readonly LabelledText[], shots: number | undefined, seed: number): LabelledText[] {
  const keyed = texts.map((row, i) => ({ row, key: sha256Of(Buffer.from(`${seed}/${i}/${row.text}`)) }));
  const taken = new Map<string, number>();
  return keyed
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap(({ row }) => {
      const count = (taken.get(row.label) ?? 0) + 1;
      if (shots !== undefined && count > shots) return [];
      taken.set(row.label, count);
      return [row];
    });
}
