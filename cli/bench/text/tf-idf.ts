/**
 * What is possible without a backbone: TF-IDF of character 3- to 5-grams within words, as scikit-learn's `char_wb`, hashed into
 * 2,048 columns. Frequencies count as `1 + log`, weights as `1 + log((1 + n) / (1 + texts with it))`, rows have unit length.
 */
import { type Embedding, quantiseEmbedding } from "../../../src/head/embedding.ts";
import { CommandError } from "../../shared/command.ts";

const COLUMNS = 2_048;
const LENGTHS = [3, 4, 5];

/** The rows of both parts; the weights come from the texts learnt from. */
export function tfIdf(
  learnt: readonly string[],
  judged: readonly string[],
): { learnt: Embedding[]; judged: Embedding[] } {
  const counted = learnt.map(countGrams);
  const textsWith = new Map<string, number>();
  for (const counts of counted) for (const gram of counts.keys()) textsWith.set(gram, (textsWith.get(gram) ?? 0) + 1);
  const weigh = (counts: Map<string, number>) => {
    const row = new Float32Array(COLUMNS);
    for (const [gram, count] of counts) {
      const found = textsWith.get(gram);
      if (found === undefined) continue;
      const hash = hashOf(gram);
      const weight = (1 + Math.log(count)) * (1 + Math.log((1 + learnt.length) / (1 + found)));
      row[(hash >>> 1) % COLUMNS] += hash & 1 ? weight : -weight;
    }
    return toEmbedding(row);
  };
  return { learnt: counted.map(weigh), judged: judged.map((text) => weigh(countGrams(text))) };
}

/** A text without any known gram gets a direction that says nothing. */
function toEmbedding(row: Float32Array): Embedding {
  if (row.every((value) => value === 0)) row[0] = 1;
  const embedding = quantiseEmbedding(row, COLUMNS);
  if (!embedding.ok) throw new CommandError(embedding.error.message);
  return embedding.value;
}

function countGrams(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().split(" ")) {
    const padded = ` ${word} `;
    for (const length of LENGTHS) {
      for (let i = 0; i + length <= padded.length; i++) {
        const gram = padded.slice(i, i + length);
        counts.set(gram, (counts.get(gram) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/** FNV-1a with a final mix. */
function hashOf(gram: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < gram.length; i++) hash = Math.imul(hash ^ gram.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
