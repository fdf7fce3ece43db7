/** Lists of texts through the command into a real deployment that reads texts: stored once, decisions kept, odd rows named. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useSentences } from "../../cli/backbone/sentences/use-sentences.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";
import { writeFiles } from "../support/temp-folder.ts";

const MAILBOX = path.join(PROJECT_ROOT, "examples/mailbox.tsv");

let folder: string;
let server: DevServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "headstart-texts-"));
  const backboneDir = path.join(folder, "active");
  await useSentences(backboneDir);
  server = await startServer({ dataDir: path.join(folder, "state"), backboneDir, quiet: true });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Writes the list and imports it. */
async function importList(name: string, content: string, ...flags: string[]) {
  await writeFiles(folder, { [name]: Buffer.from(content) });
  return importFile(path.join(folder, name), ...flags);
}

async function importFile(file: string, ...flags: string[]) {
  const env = { HEADSTART_URL: server.url, HEADSTART_KEY: server.adminToken };
  const { code, stdout, stderr } = await runHeadstart(["import", file, ...flags, "--json"], { env });
  return { code, stderr, report: stdout === "" ? null : JSON.parse(stdout) };
}

async function callAdmin(route: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${server.adminToken}`, "content-type": "application/json" };
  const response = await fetch(`${server.url}/v1/admin${route}`, { headers, ...init });
  return response.status === 204 ? null : response.json();
}

describe("a list of texts", () => {
  it("is stored, and found there the next time", async () => {
    const dry = await importFile(MAILBOX, "--dry-run");
    expect(dry).toMatchObject({ code: 0, report: { isDry: true } });
    expect((await callAdmin("/classes")).classes).toEqual([]);
    const first = await importFile(MAILBOX);
    expect(first.report.classes).toMatchObject([
      { id: "refund", stored: 10 },
      { id: "complaint", stored: 10 },
      { id: "question", stored: 10 },
    ]);
    const again = await importFile(MAILBOX);
    expect(again.code).toBe(0);
    expect(again.report.classes).toMatchObject([{ alreadyThere: 10, stored: 0 }, {}, {}]);
  });

  it("leaves what people have decided since as it is", async () => {
    const [moved, forgotten] = (await callAdmin("/examples?class=refund")).examples;
    await callAdmin(`/examples/${moved.photo}`, { method: "PATCH", body: JSON.stringify({ label: "question" }) });
    await callAdmin(`/examples/${forgotten.photo}`, { method: "DELETE" });
    const { report } = await importFile(MAILBOX);
    expect(report.classes[0].kept).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ reason: "is question now", place: expect.stringMatching(/^row \d+$/) }),
        expect.objectContaining({ reason: "has been forgotten" }),
      ]),
    );
  });

  it("names rows that cannot be used, and never stops for one", async () => {
    const rows = ["text;label", "Where is it?;question", ";refund", "No label;", "Both;refund", "Both;question"];
    const { code, report } = await importList("odd.csv", rows.join("\n"));
    expect(code).toBe(5);
    expect(report.refused).toEqual([
      { file: "row 3", reason: "has no text" },
      { file: "row 4", reason: "has no label" },
    ]);
    const both = report.classes.flatMap(({ refused }: { refused: unknown[] }) => refused);
    expect(both).toMatchObject([
      { file: "Both", reason: "the same text is in question and refund" },
      { file: "Both", reason: "the same text is in question and refund" },
    ]);
  });

  it("may call its columns anything, and come from Label Studio", async () => {
    const mapped = await importList(
      "own.csv",
      'Nachricht,Ordner\n"Wo ist, bitte, mein Geld?",refund\n',
      "--columns",
      "nachricht,ordner",
    );
    expect(mapped.report.classes).toMatchObject([{ id: "refund", stored: 1 }]);
    const task = {
      id: 7,
      data: { text: "The driver was rude to my mother." },
      annotations: [{ result: [choice("complaint")] }],
    };
    const studio = await importList(
      "tasks.json",
      JSON.stringify([task, { id: 8, data: { text: "Nobody has read it." } }]),
    );
    expect(studio.report).toMatchObject({
      classes: [{ id: "complaint", stored: 1 }],
      refused: [{ file: "task 8", reason: "has no label" }],
    });
  });

  it("longer than a request goes in several", async () => {
    const rows = Array.from({ length: 150 }, (_, i) =>
      JSON.stringify({ label: "question", text: `Is table ${i} free?` }),
    );
    const { report } = await importList("many.jsonl", rows.join("\n"));
    expect(report.classes).toMatchObject([{ id: "question", stored: 150 }]);
  });

  it("is what such a deployment takes, and a folder of photos is not", async () => {
    const { code, stderr } = await importFile(folder);
    expect(code).toBe(2);
    expect(stderr).toContain("This deployment reads texts");
  });
});

function choice(label: string) {
  return { from_name: "topic", to_name: "text", type: "choices", value: { choices: [label] } };
}
