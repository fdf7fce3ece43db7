import { describe, expect, it } from "vitest";
import { readTextRows } from "../../src/web/client/text-rows.ts";

const NAMES = ["refund", "Money back"];

const read = (file: string, content: string | Uint8Array) =>
  readTextRows(file, typeof content === "string" ? new TextEncoder().encode(content) : content, NAMES);

/** "метка;текст", "refund;верните деньги, пожалуйста" and "question;во сколько?", as a Russian Excel saves CSV. */
const WINDOWS_1251 = new Uint8Array(
  Buffer.from(
    "ece5f2eae03bf2e5eaf1f20d0a726566756e643be2e5f0ede8f2e520e4e5edfce3e82c20efeee6e0ebf3e9f1f2e00d0a7175657374696f6e3be2ee20" +
      "f1eaeeebfceaee3f0d0a",
    "hex",
  ),
);
/** The beginning of a workbook: a ZIP. */
const WORKBOOK = Uint8Array.from({ length: 2_000 }, (_, i) => (i < 4 ? [0x50, 0x4b, 3, 4][i] : (i * i * 7 + i) % 256));

describe("a file of texts", () => {
  it.each([
    ["lines, but for empty ones", "a.txt", "one, two\r\n\n three \n", ["one, two", " three "]],
    ["lines of an old Mac", "a.txt", "one\rtwo\r", ["one", "two"]],
    ["the column named for texts", "a.tsv", "text\tfrom\nwhere is it?\tAnn\nagain\tBob\n", ["where is it?", "again"]],
    [
      "only rows with the item's own label",
      "a.csv",
      'label,text\nrefund,"pay, please"\nquestion,open?\nMONEY  BACK,again',
      ["pay, please", "again"],
    ],
    ["quotes, and a line end within them", "a.csv", 'text\n"he said ""no""\nand left"\n', ['he said "no"\nand left']],
    ["the last column where none is named", "a.csv", "1,first\n2,second", ["first", "second"]],
    ["a byte order mark and a Russian head", "a.csv", "\uFEFFметка,текст\nrefund,верните деньги", ["верните деньги"]],
    ["semicolons", "a.csv", "label;text\r\nrefund;back, please\r\nquestion;open?\r\n", ["back, please"]],
    ["a line that names the separator", "a.csv", "sep=|\r\nlabel|text\r\nrefund|back; now\r\n", ["back; now"]],
    ["line ends of an old Mac in a table", "a.csv", "label,text\rrefund,back\rquestion,open?\r", ["back"]],
    ["a single column, whatever is in it", "a.csv", "text\nwell, no\nyes; now\n", ["well, no", "yes; now"]],
    ["the text and no addresses", "a.csv", "email,label,text\na@b.c,refund,back\n", ["back"]],
    ["a code page of Windows", "a.csv", WINDOWS_1251, ["верните деньги, пожалуйста"]],
    [
      "a table that Excel calls Unicode text",
      "a.txt",
      new Uint8Array(Buffer.from("\uFEFFLabel\tText\r\nrefund\tback\r\nquestion\topen?\r\n", "utf16le")),
      ["back"],
    ],
    ["nothing of an empty one", "a.tsv", "", []],
    ["nothing where no row is the item's", "a.tsv", "label\ttext\nquestion\topen?\n", []],
  ])("gives %s", (_what, file, content, texts) => {
    expect(read(file, content)).toEqual(texts);
  });

  it.each(["mails.xlsx", "mails.csv", "mails"])("is none where it is a workbook by the name of %s", (file) => {
    expect(read(file, WORKBOOK)).toBeNull();
  });
});
