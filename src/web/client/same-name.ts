/** Whether what was typed is a name, as far as case and spaces leave it clear. Pure. */
export function isSameName(typed: string, name: string): boolean {
  const fold = (text: string) => text.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
  return fold(typed) === fold(name);
}
