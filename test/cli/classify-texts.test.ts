/** `headstart classify` with many texts, against a server that keeps what it was sent. */
import path from "node:path";
import { json } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { serveLocally } from "../support/local-server.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const sentSchema = z.object({ text: z.array(z.string()) });

/** Calls every text by its own name, and cannot read those that say so. */
async function startEcho() {
  const sent: string[][] = [];
  const url = await serveLocally(async (request, response) => {
    const { text } = sentSchema.parse(await json(request));
    sent.push(text);
    const results = text.map((one) =>
      one === "broken"
        ? { problem: { code: "empty_body", detail: "There is nothing to read." } }
        : { answer: { predictions: [{ label: one, name: one, score: 1 }], unknown: false, headVersion: 1 } },
    );
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ results }));
  });
  return { sent, env: { HEADSTART_URL: url } };
}

describe("headstart classify", () => {
  it("sends the lines of a file 64 at a time, and answers in their order", async () => {
    const { sent, env } = await startEcho();
    const folder = await makeTempFolder();
    const lines = Array.from({ length: 70 }, (_, i) => `mail ${i}`);
    await writeFiles(folder, { "mails.txt": `${lines.join("\r\n")}\n \n` });
    const run = await runHeadstart(["classify", "--lines", path.join(folder, "mails.txt"), "--json"], { env });
    expect(sent.map(({ length }) => length)).toEqual([64, 6]);
    const { results } = JSON.parse(run.stdout);
    expect(
      results.map(({ answer }: { answer: { predictions: { label: string }[] } }) => answer.predictions[0]?.label),
    ).toEqual(lines);
    expect(run.code).toBe(0);
  });

  it("takes --text again and again, and names the one that cannot be used", async () => {
    const { sent, env } = await startEcho();
    const run = await runHeadstart(["classify", "--text", "refund", "--text", "broken"], { env });
    expect(sent).toEqual([["refund", "broken"]]);
    expect(run.stdout).toMatch(/refund +refund +1\.00/);
    expect(run.stdout).toContain("There is nothing to read.");
    expect(run.code).toBe(5);
  });

  it("says where there is no line to send", async () => {
    const folder = await makeTempFolder();
    await writeFiles(folder, { "none.txt": "\n \n" });
    const run = await runHeadstart(["classify", "--lines", path.join(folder, "none.txt")], {
      env: { HEADSTART_URL: "http://127.0.0.1:9" },
    });
    expect({ code: run.code, said: run.stderr }).toMatchObject({
      code: 2,
      said: expect.stringContaining("no line with a text"),
    });
  });
});
