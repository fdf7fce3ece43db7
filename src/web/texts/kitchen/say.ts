/** Sentences of the API, which come as codes with parameters, in the language of a catalogue. Pure. */
import type { Sentence, SentenceParams } from "../../../shared/sentence.ts";

/** Sentences by their code, each with parameters of its own. */
export type Catalogue = Readonly<Record<string, (params: never) => string>>;

/** One sentence; null where the catalogue has none, as of a newer version of the API. */
export function sayOne({ code, params }: Sentence, catalogue: Catalogue): string | null {
  if (!Object.hasOwn(catalogue, code)) return null;
  // A published code keeps its parameters, so they are those that its sentence takes.
  const say = catalogue[code] as (params: SentenceParams) => string;
  return say(params);
}

/** All of them; null where there are none, or one is not known. */
export function sayAll(says: readonly Sentence[], catalogue: Catalogue): string | null {
  const said = says.map((sentence) => sayOne(sentence, catalogue));
  return said.length === 0 || said.includes(null) ? null : said.join(" ");
}
