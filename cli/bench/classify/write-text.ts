/** English texts of any length for benchmarks: each mark gives another text, so that no cache knows it. */

const SENTENCE =
  "I ordered two pizzas yesterday evening and one of them never arrived so please tell me when I get my money back for it".split(
    " ",
  );

/** So many words, the last of them the mark without its spaces. */
export function writeText(words: number, mark: string): string {
  const written = Array.from({ length: words - 1 }, (_, i) => SENTENCE[(i * 7) % SENTENCE.length]);
  return [...written, mark.replaceAll(" ", "-")].join(" ");
}
