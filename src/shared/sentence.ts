/** A sentence apart from its language: which one it is, and what fills it in. English is made of the catalogue in `english/`. */

/** Names stay as they are; figures are numbers, which each language writes its own way. */
export type SentenceParams = Readonly<Record<string, string | number>>;

/** What an answer carries beside its English text. A published code keeps its meaning and its parameters. */
export interface Sentence {
  readonly code: string;
  readonly params: SentenceParams;
}

/** What a sentence is filled in with: nothing, or its parameters. */
export type Filling = readonly [] | readonly [params: SentenceParams];

/** What the languages beside English have to say: a sentence for each that one of the makers makes. */
export type TranslationsOf<M extends { readonly says: string }> = {
  readonly [Maker in M as Maker["says"]]: Maker extends (...filling: infer F) => unknown
    ? (...filling: F) => string
    : never;
};

/** Those among a module's exports that make sentences. */
export type MakersIn<Module> = Extract<Module[keyof Module], { readonly says: string }>;
