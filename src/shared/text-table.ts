/**
 * Tables of labelled texts as people save them: what separates the cells, and which columns hold text and label. The import and the
 * kitchen both go by these, so that a file means the same to either. Pure.
 */

/** Names of the column with the text, by `toColumnKey`; an earlier one is preferred: a column "mail" may hold addresses. */
export const TEXT_COLUMNS = [
  ...["text", "message", "sentence", "utterance", "review", "body", "content", "mail", "email"],
  ...["текст", "сообщение", "письмо", "отзыв", "обращение", "фраза"],
  ...["텍스트", "내용", "문장", "메시지"],
];
/** Names of the column with the label, by `toColumnKey`; an earlier one is preferred. */
export const LABEL_COLUMNS = [
  ...["label", "labels", "class", "category", "item", "intent", "sentiment", "topic", "kind", "folder"],
  ...["метка", "класс", "категория", "тема", "рубрика"],
  ...["라벨", "레이블", "분류", "카테고리"],
];

/** Those that a text may hold come last: of two that would do, the first one counts. */
const SEPARATORS = ["\t", ";", ",", "|"];
/** How many lines say what separates cells where no column is named. */
const SEEN_LINES = 20;

/** "Image Path", "image_path" and "imagePath" are one column. */
export function toColumnKey(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_.-]+/g, "");
}

/** Where the first of the names that are there stands, or -1. */
export function findColumn(header: readonly string[], names: readonly string[]): number {
  const keys = header.map(toColumnKey);
  return names.map((name) => keys.indexOf(name)).find((at) => at >= 0) ?? -1;
}

/** The separator that spreadsheets declare in a line of its own, `sep=;`, or undefined. */
export function findDeclaredSeparator(content: string): string | undefined {
  return /^\uFEFF?sep=(.)(?:\r\n?|\n|$)/i.exec(content)?.[1];
}

/**
 * What separates cells where nothing declares it: whatever makes the first line name columns, otherwise what cuts the most lines into as many cells as
 * the first. Marks within quotes do not count. Undefined where no line has any.
 */
export function guessSeparator(content: string): string | undefined {
  const lines = content
    .replace(/^\uFEFF/, "")
    .split(/\r\n?|\n/, SEEN_LINES * 2)
    .filter((line) => line.trim() !== "")
    .slice(0, SEEN_LINES)
    .map((line) => line.replace(/"(?:[^"]|"")*"/g, (quoted) => quoted.replace(/[\t;,|]/g, " ")));
  const candidates = SEPARATORS.filter((separator) => lines[0]?.includes(separator));
  const naming = candidates.find((separator) => namesColumns(lines[0]?.split(separator) ?? []));
  if (naming !== undefined) return naming;
  const even = (separator: string) => {
    const widths = lines.map((line) => line.split(separator).length);
    return widths.filter((width) => width === widths[0]).length;
  };
  return candidates.toSorted((a, b) => even(b) - even(a))[0];
}

/** Whether a first line names a column for texts and one for labels. */
export function namesColumns(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  return findColumn(names, TEXT_COLUMNS) >= 0 && findColumn(names, LABEL_COLUMNS) >= 0;
}
