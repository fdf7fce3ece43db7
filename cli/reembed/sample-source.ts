/** Where a sample is to be had, and how it is embedded. */
import type { Embedding } from "../../src/head/embedding.ts";
import type { Result } from "../../src/shared/result.ts";
import type { MissingSample } from "./second-backbone.ts";

export interface SampleSource {
  /** As the person knows it. */
  readonly file: string;
  embed(): Promise<Result<Embedding, { readonly detail: string }>>;
}

/** Sources by the ids that a deployment knows its samples by. */
export type Sources = ReadonlyMap<string, SampleSource>;
/** Those of the wanted samples that are there. */
export type FindSources = (wanted: readonly MissingSample[]) => Promise<Sources>;

/** What the first one does not find the next one is asked for. */
export function inTurn(finders: readonly FindSources[]): FindSources {
  return async function findInTurn(wanted) {
    const found = new Map<string, SampleSource>();
    for (const find of finders) {
      const left = wanted.filter(({ photo }) => !found.has(photo));
      for (const [photo, source] of await find(left)) found.set(photo, source);
    }
    return found;
  };
}
