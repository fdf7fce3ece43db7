/** The Worker's way from a text to an embedding, in Node: the same tokeniser, the same runtime, the same numbers. */
import { readFile } from "node:fs/promises";
import { createTokenSession } from "../../src/backbone/session.ts";
import { createTextEmbedder, type TextEmbedder } from "../../src/backbone/text-embedder.ts";
import { readText } from "../../src/text/read-text.ts";
import type { Tokenise } from "../../src/text/tokeniser.ts";
import { createTokeniser } from "../../src/text/tokeniser.ts";
import type { PlacedTextBackbone } from "../backbone/placed-text-backbone.ts";
import { compileOrtModule } from "../runtime/ort-module.ts";

export interface NodeTextEmbedder {
  readonly embedder: TextEmbedder;
  readonly tokenise: Tokenise;
}

/** Loads the weights with the first text. */
export async function createNodeTextEmbedder(placed: PlacedTextBackbone): Promise<NodeTextEmbedder> {
  const { manifest, file, tokenizerFile } = placed;
  return {
    tokenise: createTokeniser(JSON.parse(await readFile(tokenizerFile, "utf8"))),
    embedder: createTextEmbedder(manifest, async () =>
      createTokenSession(await compileOrtModule(), await readFile(file), manifest),
    ),
  };
}

/** One text, or why it cannot be read. */
export async function embedText(text: string, { embedder, tokenise }: NodeTextEmbedder) {
  const read = readText(text, tokenise, embedder.manifest.input.maxTokens);
  return read.ok ? embedder.embed(read.value) : read;
}
