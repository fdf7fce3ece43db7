/** Where a sample lies on this machine, and how it is embedded there. */
import type { Embedding } from "../../src/head/embedding.ts";
import type { Result } from "../../src/shared/result.ts";

export interface SampleSource {
  /** As the person knows it. */
  readonly file: string;
  embed(): Promise<Result<Embedding, { readonly detail: string }>>;
}

/** Sources by the ids that a deployment knows its samples by. */
export type FindSources = (wanted: ReadonlySet<string>) => Promise<ReadonlyMap<string, SampleSource>>;
