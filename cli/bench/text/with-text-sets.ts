/** What the benchmarks of texts begin with: the shared sets, read by the sentence encoder that the package brings. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { useSentences } from "../../backbone/sentences/use-sentences.ts";
import { createNodeTextEmbedder, type NodeTextEmbedder } from "../../evaluate/node-text-embedder.ts";
import { sharedDir } from "../../shared/project-paths.ts";
import { readTextSets, type TextSet } from "./text-sets.ts";

/** Calls `work` with them; the encoder's files are gone afterwards. Throws like `readTextSets`. */
export async function withTextSets(
  work: (sets: readonly TextSet[], encoder: NodeTextEmbedder) => void | Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
  try {
    const encoder = await createNodeTextEmbedder(await useSentences(path.join(folder, "active")));
    await work(await readTextSets(path.join(sharedDir(process.env), "data/text"), encoder), encoder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
