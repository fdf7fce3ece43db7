/**
 * Sentences of the API said in another language: by what they look like, since on the wire they are English. What fits no
 * pattern stays as it is. Pure.
 */

/** What a sentence looks like, to its last character, and how to say it with what the groups found. */
export type Pattern = readonly [look: RegExp, say: (...found: string[]) => string];

/** The end of a sentence: a point within a figure is none. */
const ANY_SENTENCE = /^.+?[.!?](?=\s|$)|^.+/su;

/** The whole text by the first pattern that fits; null where none does. */
export function sayWhole(text: string, patterns: readonly Pattern[]): string | null {
  const [length, said] = sayBeginning(text, patterns) ?? [0, ""];
  return length > 0 && length === text.length ? said : null;
}

/** Sentence by sentence. */
export function saySentences(text: string, patterns: readonly Pattern[]): string {
  const said: string[] = [];
  for (let rest = text.trim(); rest !== ""; ) {
    const unknown = ANY_SENTENCE.exec(rest)?.[0] ?? rest;
    const [length, words] = sayBeginning(rest, patterns) ?? [unknown.length, unknown];
    said.push(words);
    rest = rest.slice(length).trimStart();
  }
  return said.join(" ");
}

/** How much of the text the first pattern that fits its beginning takes, and that said anew. */
function sayBeginning(text: string, patterns: readonly Pattern[]): readonly [number, string] | null {
  for (const [look, say] of patterns) {
    const found = look.exec(text);
    if (found?.index === 0) return [found[0].length, say(...found.slice(1).map((part) => part ?? ""))];
  }
  return null;
}
