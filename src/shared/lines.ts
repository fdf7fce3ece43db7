/** Texts and bytes as lines: a list of texts, one each, and what an export is cut into on both sides. */

const LINE_FEED = 0x0a;

/** Lines with their line feeds, as views into the bytes; the last one may lack its own. */
export function splitLines(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const lines: Uint8Array<ArrayBuffer>[] = [];
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

/** Without their ends; blank lines are left out. */
export function splitTextLines(content: string): string[] {
  return content.split(/\r\n?|\n/).filter((line) => line.trim() !== "");
}
