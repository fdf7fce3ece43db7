/** Lists of labelled texts as they come: marks, line ends, quotes, headers, columns, and rows that cannot be used. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { isTextList, readTextList, type TextList } from "../../cli/import/text-list.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

async function read(name: string, content: string | Uint8Array): Promise<TextList> {
  const folder = await makeTempFolder();
  await writeFiles(folder, { [name]: typeof content === "string" ? Buffer.from(content) : content });
  return readTextList(path.join(folder, name));
}

const TWO = [
  { label: "refund", text: "money back" },
  { label: "question", text: "when do you open?" },
];

const withRow = (text: object) => ({ ...text, row: expect.stringMatching(/^row \d+$/) });

describe("a list of texts", () => {
  it.each([
    ["a.csv", "label,text,purpose\na,one,test\na,two,\na,three,exam\n"],
    [
      "a.jsonl",
      '{"label":"a","text":"one","purpose":"test"}\n{"label":"a","text":"two"}\n{"label":"a","text":"three","purpose":"exam"}',
    ],
  ])("says by a column or a field what each is for: %s", async (name, content) => {
    const { texts, skipped } = await read(name, content);
    expect(texts.map(({ text, purpose }) => [text, purpose])).toEqual([
      ["one", "test"],
      ["two", undefined],
    ]);
    expect(skipped).toEqual([withRow({ reason: 'has the purpose "exam": write learn or test' })]);
  });

  it.each([
    ["a TSV", "a.tsv", "label\ttext\nrefund\tmoney back\nquestion\twhen do you open?\n"],
    [
      "a mark and Windows line ends",
      "a.tsv",
      "\uFEFFlabel\ttext\r\nrefund\tmoney back\r\nquestion\twhen do you open?\r\n",
    ],
    ["other columns around", "a.tsv", "id\tText\tLabel\n1\tmoney back\trefund\n2\twhen do you open?\tquestion"],
    ["other names", "a.csv", "message,category\nmoney back,refund\nwhen do you open?,question\n"],
    ["semicolons", "a.csv", "label;text\nrefund;money back\nquestion;when do you open?\n"],
    ["quotes", "a.csv", '"label","text"\n"refund","money back"\n"question","when do you open?"\n'],
    ["quotes around tabs' fields", "a.tsv", 'label\ttext\n"refund"\t"money back"\nquestion\t"when do you open?"\n'],
    [
      "JSON lines",
      "a.jsonl",
      '{"label":"refund","text":"money back"}\n\n{"text":"when do you open?","label":"question"}\n',
    ],
    [
      "a line that names the separator",
      "a.csv",
      "sep=;\r\nlabel;text\r\nrefund;money back\r\nquestion;when do you open?\r\n",
    ],
    ["bars", "a.csv", "label|text\nrefund|money back\nquestion|when do you open?\n"],
    ["a Russian head", "a.csv", "Метка;Текст\nrefund;money back\nquestion;when do you open?\n"],
    [
      "a head of several words",
      "a.csv",
      "Message-ID,Folder,Message\n1,refund,money back\n2,question,when do you open?\n",
    ],
    [
      "a column of addresses before the text",
      "a.csv",
      "email,text,label\na@b.c,money back,refund\nd@e.f,when do you open?,question\n",
    ],
    ["line ends of an old Mac", "a.csv", "label,text\rrefund,money back\rquestion,when do you open?\r"],
    ["empty lines", "a.tsv", "\nlabel\ttext\n\nrefund\tmoney back\n\n\nquestion\twhen do you open?\n\n"],
  ])("is read with %s", async (_what, name, content) => {
    expect(await read(name, content)).toEqual({ texts: TWO.map(withRow), skipped: [], notes: [] });
  });

  it("is read from UTF-16, as a spreadsheet saves it", async () => {
    const content = "\uFEFFlabel\ttext\nrefund\tmoney back\nquestion\twhen do you open?\n";
    expect((await read("a.txt", Buffer.from(content, "utf16le"))).texts).toEqual(TWO.map(withRow));
  });

  it("is read from an old code page, which is guessed and said", async () => {
    const content = Buffer.concat([
      Buffer.from("label;text\nrefund;Bitte "),
      Buffer.of(0xfc),
      Buffer.from("berweisen Sie es zur\u00fcck".replace("\u00fc", "ue")),
    ]);
    const list = await read("a.csv", content);
    expect(list.texts.map(({ text }) => text)).toEqual(["Bitte überweisen Sie es zurueck"]);
    expect(list.notes.join()).toContain("The text is taken for windows-1252");
  });

  it.each([
    ["begins with a mark that never ends", 'label\ttext\na\t"hm\nb\tyes"\nc\tno\n', ['"hm', 'yes"', "no"]],
    ["has marks inside", 'label\ttext\na\tsay "hi" now\nb\t"hi" she said\n', ['say "hi" now', '"hi" she said']],
    ["doubles them", 'label\ttext\na\t"say ""hi"""\nb\tno\n', ['say "hi"', "no"]],
    ["goes on over lines", 'label\ttext\na\t"one\ntwo"\nb\tno\n', ["one\ntwo", "no"]],
  ])("keeps the text of a TSV that %s", async (_what, content, texts) => {
    expect((await read("a.tsv", content)).texts.map(({ text }) => text)).toEqual(texts);
  });

  it.each([
    ["a semicolon in a text and no head", "refund,money back; now\nquestion,open?\n", ["money back; now", "open?"]],
    ["a comma in a text and semicolons", "refund;money back, now\nquestion;open?\n", ["money back, now", "open?"]],
    ["marks inside a text", 'label,text\na,say "hi" now\nb,"well, ""no"""\n', ['say "hi" now', 'well, "no"']],
  ])("is read from a CSV with %s", async (_what, content, texts) => {
    expect((await read("a.csv", content)).texts.map(({ text }) => text)).toEqual(texts);
  });

  it("leaves out the row whose quote is never closed, and keeps the rest", async () => {
    const list = await read("a.csv", 'label,text\na,one\nb,"two\na,three\n');
    expect(list.texts).toEqual([
      { label: "a", text: "one", row: "row 2" },
      { label: "a", text: "three", row: "row 4" },
    ]);
    expect(list.skipped).toEqual([{ row: "row 3", reason: "has a quote that is never closed" }]);
  });

  it("without column names takes the column with fewer values as the label, and says so", async () => {
    const list = await read("a.tsv", "so good\tpositive\nso bad\tnegative\nlovely\tpositive\n");
    expect(list.texts[0]).toEqual({ label: "positive", text: "so good", row: "row 1" });
    expect(list.notes.join()).toContain("column 2 was taken as the label, column 1 as the text");
  });

  it("leaves out a row without label or text, by its number, and keeps the rest", async () => {
    const list = await read(
      "a.tsv",
      "label\ttext\nrefund\tmoney back\n\tno label\nquestion\t\nquestion\twhen do you open?\n",
    );
    expect(list.texts).toEqual([
      { ...TWO[0], row: "row 2" },
      { ...TWO[1], row: "row 5" },
    ]);
    expect(list.skipped).toEqual([
      { row: "row 3", reason: "has no label" },
      { row: "row 4", reason: "has no text" },
    ]);
    const lines = await read("a.jsonl", '{"label":"a","text":"b"}\n{broken\nnull\n');
    expect(lines.texts.length).toBe(1);
    expect(lines.skipped.map(({ row }) => row)).toEqual(["row 2", "row 3"]);
  });

  it.each([
    ["names no columns it knows", "a,b,c\n1,2,3\n", "needs two columns"],
    ["is empty", "", "is empty"],
    ["is in no encoding that makes words", Uint8Array.of(0x6c, 0x98, 0x98, 0x2c, 0x81, 0xff, 0x30), "--encoding"],
  ])("is refused with what to do when it %s", async (_what, content, message) => {
    await expect(read("a.csv", content)).rejects.toThrow(message);
  });

  it("is told from a folder by its name", () => {
    expect(["mail.tsv", "mail.CSV", "mail.jsonl"].map(isTextList)).toEqual([true, true, true]);
    expect(["photos/train", "photos.zip"].map(isTextList)).toEqual([false, false]);
  });
});
