/** The shared sets of texts, each text read and encoded once. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { EncodedText } from "../../evaluate/embed-texts.ts";
import type { NodeTextEmbedder } from "../../evaluate/node-text-embedder.ts";
import { readTextList } from "../../import/text-list.ts";
import { CommandError } from "../../shared/command.ts";
import { encodeKept } from "./kept-texts.ts";

export interface TextSet {
  readonly set: string;
  readonly train: readonly EncodedText[];
  readonly test: readonly EncodedText[];
}

const SETS = ["banking77", "clinc150", "mail-routing-banking-3class"];

/** Throws `CommandError` when none of the sets is in `folder`. */
export async function readTextSets(folder: string, encoder: NodeTextEmbedder): Promise<TextSet[]> {
  const found = SETS.filter((set) => existsSync(path.join(folder, set)));
  if (found.length === 0) throw new CommandError(`There are no texts to learn from in ${folder}.`);
  const sets: TextSet[] = [];
  for (const set of found) {
    const [train, test] = await Promise.all(
      ["train", "test"].map(async (part) => {
        const { texts } = await readTextList(path.join(folder, set, `${part}.tsv`));
        return encodeKept(texts, encoder);
      }),
    );
    sets.push({ set, train: train ?? [], test: test ?? [] });
  }
  return sets;
}

/** So many texts of each class, by the order of hashes under a seed. */
export function pickShots<T extends { readonly classId: string }>(
  rows: readonly T[],
  shots: number,
  seed: number,
): T[] {
  const taken = new Map<string, number>();
  return shuffled(rows, seed).filter(({ classId }) => {
    const count = (taken.get(classId) ?? 0) + 1;
    taken.set(classId, count);
    return count <= shots;
  });
}

/** In an order that a seed fixes (mulberry32). */
export function shuffled<T>(rows: readonly T[], seed: number): T[] {
  let state = seed;
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const keyed = rows.map((row) => ({ row, key: draw() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ row }) => row);
}
