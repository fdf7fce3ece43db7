import { describe, expect, it } from "vitest";
import { readTextRows } from "../../src/web/client/text-rows.ts";

const NAMES = ["refund", "Money back"];

describe("a file of texts", () => {
  it.each([
    ["lines, but for empty ones", "a.txt", "one, two\r\n\n three \n", ["one, two", " three "]],
    ["the column named for texts", "a.tsv", "text\tfrom\nwhere is it?\tAnn\nagain\tBob\n", ["where is it?", "again"]],
    [
      "only rows with the item's own label",
      "a.csv",
      'label,text\nrefund,"pay, please"\nquestion,open?\nMONEY BACK,again',
      ["pay, please", "again"],
    ],
    ["quotes, and a line end within them", "a.csv", 'text\n"he said ""no""\nand left"\n', ['he said "no"\nand left']],
    ["the last column where none is named", "a.csv", "1,first\n2,second", ["first", "second"]],
    ["a byte order mark and a Russian head", "a.csv", "\uFEFFметка,текст\nrefund,верните деньги", ["верните деньги"]],
    ["nothing of an empty one", "a.tsv", "", []],
  ])("gives %s", (_what, file, content, texts) => {
    expect(readTextRows(file, content, NAMES)).toEqual(texts);
  });
});
