/** Folders and ZIPs as people and other tools lay them out, hostile ones among them. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { describeReport } from "../../cli/import/import-report.ts";
import { countStored, dryRun, listReasons, ONE, planOf, THREE, TWO } from "../support/dry-run.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";
import { type ZippedFile, zipFiles } from "../support/zip.ts";

describe("a folder", () => {
  it("of train, valid and test is read as one set, and says so", async () => {
    const report = await dryRun(".", { files: { "train/Soup/1.jpg": ONE, "valid/Soup/2.jpg": TWO, "README.txt": "" } });
    expect(countStored(report)).toEqual({ Soup: 2 });
    expect(report.guesses).toEqual([expect.stringContaining("train, valid are read as parts of one set")]);
  });

  it("has its GIFs and files without endings read by what they are, and no clutter", async () => {
    const files = {
      "Soup/a.gif": "GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000",
      "Soup/IMG_0001": ONE,
      "Soup/1.jpg_large": TWO,
      "Soup/2.jpg ": THREE,
      "Soup/Thumbs.db": "x",
      "__MACOSX/Soup/._1.jpg": "x",
      "Soup/notes": "text",
      "Soup/live": "....ftypheic",
      "Soup/menu.pdf": "%PDF-1.7",
    };
    const report = await dryRun(".", { files });
    expect(countStored(report)).toEqual({ Soup: 3 });
    expect(listReasons(report)).toEqual([expect.stringContaining("HEIC"), expect.stringContaining("GIF is cut off")]);
    expect(report.skipped.map(({ file }) => path.basename(file)).sort()).toEqual(["menu.pdf", "notes"]);
    expect(report.hidden).toBe(2);
  });

  it("loses a file whose name is not in UTF-8, and nothing else", async () => {
    const root = await makeTempFolder();
    await writeFiles(root, { "Soup/1.jpg": ONE });
    await writeFile(Buffer.concat([Buffer.from(`${root}/Soup/`), Buffer.of(0xe9, 0xff), Buffer.from(".jpg")]), TWO);
    await mkdir(Buffer.concat([Buffer.from(`${root}/`), Buffer.of(0xe9, 0xff)]));
    const report = await planOf(root);
    expect(countStored(report)).toEqual({ Soup: 1 });
    expect(listReasons(report).every((reason) => reason.includes("not in UTF-8"))).toBe(true);
    expect(listReasons(report)).toHaveLength(2);
  });

  it("for finding things in pictures is refused, and says which form to choose", async () => {
    const yolo = { "data.yaml": "", "train/images/1.jpg": ONE, "train/labels/1.txt": "" };
    await expect(dryRun(".", { files: yolo })).rejects.toThrow(/YOLO.*Folder Structure/);
  });

  it("says in a dry run what the server would refuse", async () => {
    const report = await dryRun(".", {
      files: { "Soup/1.jpg": ONE, "Soup/2.jpg": "no photo", "Soup/3.jpg": new Uint8Array(200_000) },
    });
    expect(countStored(report)).toEqual({ Soup: 1 });
    expect(listReasons(report)).toEqual([expect.stringContaining("not a photo"), expect.stringContaining("0.2 MB")]);
    expect(describeReport(report)).toContain("Nothing was sent. To store 1");
  });
});

describe("a ZIP", () => {
  async function planZip(name: string, files: readonly ZippedFile[]) {
    const root = await makeTempFolder();
    await writeFile(path.join(root, name), zipFiles(files));
    return planOf(path.join(root, name));
  }

  it.each<[string, readonly ZippedFile[]]>([
    [
      "of folders",
      [
        { name: "Soup/1.jpg", bytes: ONE },
        { name: "__MACOSX/Soup/._1.jpg", bytes: TWO },
      ],
    ],
    ["of a folder around them", [{ name: "set/Soup/1.jpg", bytes: ONE }]],
    [
      "of train and test",
      [
        { name: "train/Soup/1.jpg", bytes: ONE },
        { name: "test/Soup/1.jpg", bytes: ONE },
      ],
    ],
    [
      "of a list with its photos",
      [
        { name: "l.csv", bytes: Buffer.from("path,label\nimg/1.jpg,Soup\n") },
        { name: "img/1.jpg", bytes: ONE },
      ],
    ],
  ])("%s is read", async (_name, files) => {
    expect(countStored(await planZip("a.zip", files))).toEqual({ Soup: 1 });
  });

  it("of one class's samples takes the class's name from its own", async () => {
    expect(countStored(await planZip("Pea Soup-samples.zip", [{ name: "0.jpg", bytes: ONE }]))).toEqual({
      "Pea Soup": 1,
    });
  });

  it("of a Teachable Machine project says what to choose there", async () => {
    const files = [
      { name: "manifest.json", bytes: Buffer.from("{}") },
      { name: "0-0.jpg", bytes: ONE },
    ];
    await expect(planZip("project.zip", files)).rejects.toThrow(/Download Samples/);
  });

  it("inside a ZIP or a folder is not opened, and is named with what to do", async () => {
    const inner = zipFiles([{ name: "0.jpg", bytes: ONE }]);
    const lone = [{ name: "Soup-samples.zip", bytes: inner }];
    await expect(planZip("all.zip", lone)).rejects.toThrow(/each of them by itself \(Soup-samples\.zip/);
    await expect(dryRun(".", { files: { "Soup-samples.zip": inner } })).rejects.toThrow(/each of them by itself/);
    const report = await planZip("all.zip", [
      { name: "Soup/1.jpg", bytes: ONE },
      { name: "Soup/more.zip", bytes: inner },
    ]);
    expect(countStored(report)).toEqual({ Soup: 1 });
    expect(report.skipped).toMatchObject([{ reason: expect.stringContaining("a ZIP: unpack it") }]);
  });

  it("cannot write outside of its folder, nor be a bomb", async () => {
    const report = await planZip("a.zip", [
      { name: "../../out.jpg", bytes: ONE },
      { name: "/abs.jpg", bytes: ONE },
      { name: "Soup\\..\\..\\win.jpg", bytes: ONE },
      { name: "Soup/link.jpg", bytes: Buffer.from("/etc/passwd"), mode: 0o120777 },
      { name: "Soup/big.jpg", bytes: ONE, claimedBytes: 60_000_000 },
      { name: "Soup/lie.jpg", bytes: ONE, claimedBytes: 3 },
      { name: "Soup/1.jpg", bytes: TWO },
    ]);
    expect(countStored(report)).toEqual({ Soup: 1 });
    expect(report.refused.map(({ reason }) => reason)).toEqual([
      "leads out of the archive",
      "leads out of the archive",
      "leads out of the archive",
      "a symbolic link (not followed)",
      "is larger than 50 MB",
      expect.stringContaining("cannot be unpacked"),
    ]);
  });

  it("that is none is refused", async () => {
    const root = await makeTempFolder();
    await writeFile(path.join(root, "a.zip"), "no archive");
    await expect(planOf(path.join(root, "a.zip"))).rejects.toThrow(/cannot be read as a ZIP/);
  });
});
