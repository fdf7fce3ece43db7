/** How a training run reads the words of items, where the backbone reads texts. */
import type { ActiveBackbone } from "../backbone/loader.ts";
import type { Embedding } from "../head/embedding.ts";
import type { Problem } from "../shared/problem.ts";
import type { Result } from "../shared/result.ts";

/** How a run reads words. */
export interface WordReader {
  /** BCP 47 tags of what the backbone reads; `und` where nobody said, `mul` of many. */
  readonly languages: readonly string[];
  readonly embed: (text: string) => Promise<Result<Embedding, Problem>>;
}

/** Undefined of a backbone that reads photos: there a description stays a description. */
export function openWordReader(backbone: ActiveBackbone): WordReader | undefined {
  if (backbone.modality !== "text") return undefined;
  const embed = async (raw: string) => {
    const text = backbone.normalise(raw);
    return text.ok ? backbone.embed(text.value) : text;
  };
  return { languages: backbone.manifest.languages, embed };
}
