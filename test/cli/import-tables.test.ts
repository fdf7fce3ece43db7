/** Tables as spreadsheets and tills write them: separators, encodings, columns, rows that cannot be used, paths of other machines. */
import { symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { isComplete, isEmpty } from "../../cli/import/import-report.ts";
import { countStored, dryRun, listReasons, ONE, planOf, THREE, TWO } from "../support/dry-run.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

describe("a table", () => {
  const photos = { "1.jpg": ONE, "2.jpg": TWO };

  it.each([
    ["semicolons", "path;label\n1.jpg;Soup\n2.jpg;Steak\n", /semicolons/],
    ["tabs", "path\tlabel\n1.jpg\tSoup\n2.jpg\tSteak\n", /tabs/],
    ["a line that names the separator", "sep=;\r\npath;label\r\n1.jpg;Soup\r\n2.jpg;Steak\r\n", /semicolons/],
    ["other names of columns", "Image Path,note,Category\n1.jpg,x,Soup\n2.jpg,y,Steak\n", /^$/],
    ["no names of columns", "1.jpg,Soup\n2.jpg,Steak\n", /names no columns/],
    ["a comment in front", "# from the till\npath,label\n1.jpg,Soup\n2.jpg,Steak\n", /^$/],
    ["a cell too many that is empty", "path,label\n1.jpg,Soup,\n2.jpg,Steak\n", /^$/],
    ["two columns of one name", "path,label,path\n1.jpg,Soup,x\n2.jpg,Steak,y\n", /first one is read/],
  ])("is read with %s", async (_name, table, guesses) => {
    const report = await dryRun("l.csv", { files: { ...photos, "l.csv": table } });
    expect(countStored(report)).toEqual({ Soup: 1, Steak: 1 });
    expect(report.guesses.join()).toMatch(guesses);
    expect(isComplete(report)).toBe(true);
  });

  it("is read by the columns that the person names, or numbers", async () => {
    const files = { ...photos, "l.tsv": "Bild\tGericht\n1.jpg\tSoup\n" };
    expect(countStored(await dryRun("l.tsv", { files, columns: ["bild", "Gericht"] }))).toEqual({ Soup: 1 });
    expect(countStored(await dryRun("l.tsv", { files, columns: ["1", "2"] }))).toEqual({ Soup: 1 });
    await expect(dryRun("l.tsv", { files, columns: ["Foto", "Gericht"] })).rejects.toThrow(/no column Foto.*"Bild"/);
    await expect(dryRun("l.tsv", { files })).rejects.toThrow(/"Bild", "Gericht".*--columns/);
  });

  it.each([
    ["windows-1251", [0xd1, 0xf2, 0xe5, 0xe9, 0xea], "Стейк"],
    ["koi8-r", [0xd3, 0xd4, 0xc5, 0xca, 0xcb], "стейк"],
    ["ibm866", [0xe1, 0xe2, 0xa5, 0xa9, 0xaa], "стейк"],
    ["windows-1252", [...Buffer.from("Crème brûlée", "latin1")], "Crème brûlée"],
    ["windows-1250", [0xbf, ...Buffer.from("urek")], "żurek"],
  ])("in %s is read, and the guess is said", async (encoding, label, name) => {
    const table = new Uint8Array([...Buffer.from("path,label\n1.jpg,"), ...label, 10]);
    const report = await dryRun("l.csv", { files: { ...photos, "l.csv": table } });
    expect(countStored(report)).toEqual({ [name]: 1 });
    expect(report.guesses.join()).toContain(encoding);
    const told = await dryRun("l.csv", { files: { ...photos, "l.csv": table }, encoding });
    expect([countStored(told), told.guesses]).toEqual([{ [name]: 1 }, []]);
  });

  it.each([
    ["utf16le", "\uFEFFpath,label\n1.jpg,Борщ\n"],
    ["utf16le", "path,label\n1.jpg,Soup\n"],
  ] as const)("in UTF-16 is read, with its mark and without: %s", async (encoding, table) => {
    const report = await dryRun("l.csv", { files: { ...photos, "l.csv": Buffer.from(table, encoding) } });
    expect([report.classes.length, isComplete(report)]).toEqual([1, true]);
  });

  it("in no encoding that makes words is refused, never garbled", async () => {
    const table = new Uint8Array([...Buffer.from("path,label\n1.jpg,"), 0x81, 0xfe, 0x80, 10]);
    await expect(dryRun("l.csv", { files: { ...photos, "l.csv": table } })).rejects.toThrow(/--encoding/);
  });

  it("loses its bad rows only, each named by its line", async () => {
    const rows = [
      "path,label",
      "1.jpg,Soup",
      "2.jpg",
      "2.jpg,Steak, rare",
      ",Soup",
      "2.jpg,",
      '"2.jpg,Soup',
      "2.jpg,\uD83C\uDF55",
      `2.jpg,${"x".repeat(81)}`,
    ];
    const report = await dryRun("l.csv", { files: { ...photos, "l.csv": rows.join("\n") } });
    expect(countStored(report)).toMatchObject({ Soup: 1, "🍕": 1 });
    expect(listReasons(report)).toEqual([
      "line 3: has 1 of 2 cells",
      "line 4: has 3 cells, the first line 2: put a label with a separator in quotes",
      "line 5: names no photo",
      "line 6: has no label",
      "line 7: has a quote that is never closed",
      expect.stringMatching(/^line 9: no item can be called/),
    ]);
    expect(isComplete(report)).toBe(false);
  });

  it("that is empty is no success", async () => {
    expect(isEmpty(await dryRun("l.csv", { files: { "l.csv": "path,label\n" } }))).toBe(true);
    await expect(dryRun("l.csv", { files: { "l.csv": "" } })).rejects.toThrow(/empty/);
  });
});

describe("the photos of a list", () => {
  it.each([
    ["img\\1.jpg"],
    ["./img//1.jpg"],
    ["IMG/1.JPG"],
    ["img/%31.jpg"],
    ["C:\\Users\\me\\img\\1.jpg"],
    ["/home/me/img/1.jpg"],
    ["file:///home/me/img/1.jpg"],
    ["1.jpg"],
    ["img/1.jpg?size=200"],
  ])("are found where they are plainly meant: %s", async (source) => {
    const report = await dryRun("l.csv", { files: { "img/1.jpg": ONE, "l.csv": `path,label\n${source},Soup\n` } });
    expect([countStored(report), listReasons(report)]).toEqual([{ Soup: 1 }, []]);
  });

  it.each([
    ["../1.jpg", "lies outside"],
    ["/etc/hostname", "lies outside"],
    ["other/1.jpg", "is not there"],
    ["twice.jpg", "several files"],
    ["out.jpg", "lies outside"],
  ])("are not looked for elsewhere, nor guessed: %s", async (source, reason) => {
    const root = await makeTempFolder();
    await writeFiles(root, {
      "a/1.jpg": ONE,
      "a/twice.jpg": ONE,
      "b/twice.jpg": TWO,
      "l.csv": `path,label\n${source},Soup\n`,
    });
    await symlink("/etc/hostname", path.join(root, "out.jpg"));
    expect(listReasons(await planOf(path.join(root, "l.csv")))).toEqual([expect.stringContaining(reason)]);
  });
});

describe("labels", () => {
  it.each(["__proto__", "Coca-Cola", "C++", "iPhone_12 X-Ray", "दाल", "???", "🍕", "constructor"])(
    "of a list are kept as they are written: %s",
    async (label) => {
      const report = await dryRun("l.csv", { files: { "1.jpg": ONE, "l.csv": `path,label\n1.jpg,${label}\n` } });
      expect(report.classes).toMatchObject([{ name: label, stored: 1, created: true, refused: [] }]);
    },
  );

  it.each([
    ["दाल", "दिल"],
    ["C++", "C#"],
    [`${"Pizza ".repeat(12)}A`, `${"Pizza ".repeat(12)}B`],
  ])("that differ in a mark, a sign or their ends are two items: %s and %s", async (a, b) => {
    const report = await dryRun(".", { files: { [`${a}/1.jpg`]: ONE, [`${b}/1.jpg`]: TWO } });
    expect(countStored(report)).toEqual({ [a]: 1, [b]: 1 });
  });

  const menu = [
    { id: "coca-cola", name: "Coca-Cola", aliases: ["Coke"] },
    { id: "seven-up", name: "Seven Up", aliases: ["7-Up"] },
    { id: "dr-pepper", name: "Dr  Pepper", aliases: [] },
    { id: "old", name: "Old", archived: true },
    { id: "tartar", name: "Tartar", archived: true, mergedInto: "seven-up" },
  ];
  it.each([
    ["Coca-Cola", "coca-cola"],
    ["coke", "coca-cola"],
    ["７-UP", "seven-up"],
    ["Dr Pepper", "dr-pepper"],
    ["dr-pepper", "dr-pepper"],
  ])("find the item that the API would: %s", async (label, id) => {
    const report = await dryRun("l.csv", { files: { "1.jpg": ONE, "l.csv": `path,label\n1.jpg,${label}\n` }, menu });
    expect(report.classes).toMatchObject([{ id, created: false, stored: 1 }]);
  });

  it("of one item under two names are one item, and of items that are gone are refused and say so", async () => {
    const rows = "path,label\n1.jpg,Coke\n2.jpg,coca-cola\n3.jpg,Old\n3.jpg,Tartar\n";
    const report = await dryRun("l.csv", {
      files: { "1.jpg": ONE, "2.jpg": TWO, "3.jpg": THREE, "l.csv": rows },
      menu,
    });
    expect(report.classes[0]).toMatchObject({ id: "coca-cola", stored: 2 });
    expect(listReasons(report)).toEqual([
      "line 4: the item Old is archived; restore it",
      "line 5: the item Tartar was merged into Seven Up; use that name",
    ]);
  });
});
