/**
 * Encoded lists of texts, in `dist/bench/` under a name that covers backbone and list: encoding the shared sets takes longer than half
 * of the measurements on them. Encodes again if a file is damaged or missing.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { characterGrams } from "../../../src/text/grams.ts";
import { sha256Of } from "../../backbone/file-identity.ts";
import { type EncodedText, encodeTexts } from "../../evaluate/embed-texts.ts";
import type { NodeTextEmbedder } from "../../evaluate/node-text-embedder.ts";
import type { LabelledText } from "../../import/text-list.ts";
import { BENCH_DIR } from "../../shared/project-paths.ts";
import { replaceFile } from "../../shared/replace.ts";

const keptSchema = z.array(
  z.object({
    classId: z.string(),
    text: z.string(),
    /** Float32, base64. */
    encoder: z.string(),
    unreadShare: z.number(),
    milliseconds: z.number(),
  }),
);

/** As `encodeTexts`, without the refused texts. */
export async function encodeKept(
  texts: readonly LabelledText[],
  encoder: NodeTextEmbedder,
  folder = BENCH_DIR,
): Promise<readonly EncodedText[]> {
  const list = Buffer.from(JSON.stringify(texts.map(({ label, text }) => [label, text])));
  const file = path.join(folder, `${encoder.embedder.manifest.id.slice(0, 16)}-${sha256Of(list).slice(0, 16)}.json`);
  const kept = await readKept(file);
  if (kept !== null) return kept;
  const { rows } = await encodeTexts(texts, "", encoder);
  await replaceFile(file, JSON.stringify(rows.map(pack)));
  return rows;
}

async function readKept(file: string): Promise<EncodedText[] | null> {
  const read = await readFile(file, "utf8")
    .then((content) => keptSchema.safeParse(JSON.parse(content)))
    .catch(() => null);
  return read?.success ? read.data.map(unpack) : null;
}

function pack({ classId, text, sources, unreadShare, milliseconds }: EncodedText): z.infer<typeof keptSchema>[number] {
  const { buffer, byteOffset, byteLength } = sources.encoder;
  return {
    classId,
    text,
    encoder: Buffer.from(buffer, byteOffset, byteLength).toString("base64"),
    unreadShare,
    milliseconds,
  };
}

function unpack({ encoder, ...row }: z.infer<typeof keptSchema>[number]): EncodedText {
  const numbers = new Float32Array(Uint8Array.from(Buffer.from(encoder, "base64")).buffer);
  return { ...row, sources: { encoder: numbers, characters: characterGrams(row.text) } };
}
