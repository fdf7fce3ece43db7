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

/** What is told in English, and the same as sentences for other languages. */
export interface Told {
  readonly text: string;
  readonly says: readonly Sentence[];
}

/** Makes one sentence of the catalogue; `says` is its code. */
export interface SentenceMaker<Code extends string, F extends Filling> {
  (...filling: F): Told;
  readonly says: Code;
}

/** An entry of the English catalogue that is not a problem. */
/* @__NO_SIDE_EFFECTS__ */
export function sentenceOf<const Code extends string, F extends Filling>(
  says: Code,
  say: (...filling: F) => string,
): SentenceMaker<Code, F> {
  const make = (...filling: F): Told => ({ text: say(...filling), says: [{ code: says, params: filling[0] ?? {} }] });
  return Object.assign(make, { says });
}

/** One after the other. */
export function tellAll(parts: readonly Told[]): Told {
  return { text: parts.map(({ text }) => text).join(" "), says: parts.flatMap(({ says }) => says) };
}
