/** What guests of the example may tap: new to what the example teaches, or it would prove nothing. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { SampleDrawings, SampleMails } from "../../src/web/guests/samples.tsx";

const DRAWINGS = path.join(PROJECT_ROOT, "src/web/example-menu");
const MAILBOX = path.join(PROJECT_ROOT, "examples/mailbox.tsv");

describe("the samples to tap", () => {
  it("are drawings of which none teaches the example", async () => {
    const markup = String(<SampleDrawings title="" name={String} />);
    const offered = [...markup.matchAll(/example-menu\/([\w-]+\.png)/g)].map(([, file]) => file);
    expect(offered).toHaveLength(4);
    const files = (await readdir(DRAWINGS)).filter((file) => file.endsWith(".png"));
    const read = async (names: readonly string[]) =>
      new Set(
        await Promise.all(names.map(async (file) => (await readFile(path.join(DRAWINGS, file))).toString("hex"))),
      );
    const taught = await read(files.filter((file) => !file.startsWith("sample-")));
    expect(taught.size).toBe(24);
    expect([...(await read(offered))].filter((drawing) => taught.has(drawing))).toEqual([]);
  });

  it("are mails of which none teaches the example, nor shares a sentence with one that does", async () => {
    const markup = String(<SampleMails title="" />);
    const sentences = [...markup.matchAll(/lang="en">([^<]+)</g)].flatMap(([, mail]) => mail.split(/(?<=[.?!]) /));
    expect(sentences.length).toBeGreaterThanOrEqual(3);
    const mailbox = await readFile(MAILBOX, "utf8");
    for (const sentence of sentences) expect(mailbox).not.toContain(sentence);
  });
});
