/**
 * Which translation a reader gets: Lookup of RFC 4647, section 3.4. A language range is shortened from its end until a tag
 * matches, so `de-AT` finds `de`, and never the other way round. Pure.
 */

/** Names by BCP 47 tag in canonical case. */
export type TranslatedNames = Readonly<Record<string, string>>;

/** The tag among `tags` that serves a reader who asks for `range`, or undefined. `*` asks for nothing in particular. */
export function lookUpLanguage(range: string, tags: readonly string[]): string | undefined {
  for (let wanted = range.toLowerCase(); wanted !== ""; wanted = shorten(wanted)) {
    const found = tags.find((tag) => tag.toLowerCase() === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An item's name for a reader of `language`; its own name where there is no translation. */
export function nameIn(language: string | undefined, name: string, names: TranslatedNames): string {
  const tag = language === undefined ? undefined : lookUpLanguage(language, Object.keys(names));
  return tag === undefined ? name : names[tag];
}

/** Every tag that one of these has a name in. */
export function collectLanguages(translations: Iterable<TranslatedNames>): string[] {
  return [...new Set([...translations].flatMap((names) => Object.keys(names)))].sort();
}

/** The tag as BCP 47 writes it (`PT-br` is `pt-BR`), or null where it is not a language tag. */
export function canonicalLanguage(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** Takes the last subtag away, and a single letter before it: it only introduces what follows. */
function shorten(range: string): string {
  return range.replace(/(^|-)[^-]*$/, "").replace(/(^|-)[^-]$/, "");
}
