/** The lines of a list of texts, one text each: typed, pasted or read from a file. */

/** Without their ends; blank lines are left out. */
export function splitTextLines(content: string): string[] {
  return content.split(/\r?\n/).filter((line) => line.trim() !== "");
}
