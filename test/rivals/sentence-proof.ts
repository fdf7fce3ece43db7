/** Our layout of the sentence encoder beside TensorFlow.js, text by text: for the short proof and for the long one. */
import { layOutEncoder, type WeightFormat } from "../../cli/backbone/sentences/lay-out-encoder.ts";
import { makeTokenizerFile } from "../../cli/backbone/sentences/sentence-tokenizer.ts";
import { readSentenceWeights } from "../../cli/backbone/sentences/sentence-weights.ts";
import { compileOrtModule } from "../../cli/runtime/ort-module.ts";
import { cosineOf } from "../../cli/shared/cosine.ts";
import { createTokenSession } from "../../src/backbone/session.ts";
import { createTokeniser } from "../../src/text/tokeniser.ts";
import { loadReferenceEncoder, referenceTokens } from "../../tools/rivals/reference-sentences.ts";

export interface SentenceProof {
  /** Texts whose tokens differ from SentencePiece's. */
  readonly otherTokens: readonly string[];
  /** The lowest cosine to TensorFlow.js of any text. */
  readonly lowestCosine: Readonly<Record<WeightFormat, number>>;
}

const ENDS = { input: { name: "input_ids" }, output: { name: "embedding" } };

/** Texts must be normalised and of at most 128 tokens. */
export async function proveSentences(texts: readonly string[]): Promise<SentenceProof> {
  const weights = await readSentenceWeights();
  const tokenise = createTokeniser(JSON.parse(makeTokenizerFile(weights.vocabulary)));
  const tokens = texts.map((text) => [...tokenise(text).ids]);
  const otherTokens = texts.filter((text, i) => tokens[i].join() !== referenceTokens(text, weights.vocabulary).join());
  const expected = await (await loadReferenceEncoder())(tokens);
  const lowest = async (format: WeightFormat) => {
    const session = await createTokenSession(await compileOrtModule(), layOutEncoder(weights, format), ENDS);
    let least = 1;
    for (const [i, ids] of tokens.entries()) least = Math.min(least, cosineOf(await session.run(ids), expected[i]));
    return least;
  };
  const lowestCosine = { float32: await lowest("float32"), "int8-dynamic": await lowest("int8-dynamic") };
  return { otherTokens, lowestCosine };
}
