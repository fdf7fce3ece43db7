/** Importing a CSV and Label Studio's JSON: which photos are found, fetched, refused or left out. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createApiClient } from "../../cli/import/api-client.ts";
import { photoBatching } from "../../cli/import/batch-photos.ts";
import { gatherList } from "../../cli/import/gather-list.ts";
import { planImport } from "../../cli/import/plan-import.ts";
import { isList, readList } from "../../cli/import/read-list.ts";
import { sendPlan } from "../../cli/import/send-plan.ts";
import { readLimit } from "../support/dry-run.ts";
import { FAKE_TOKEN, startFakeHeadstart } from "../support/fake-headstart.ts";
import { serveLocally } from "../support/local-server.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const SILENT = { start() {}, advance() {}, stop() {} };

async function run(
  name: string,
  files: Record<string, string>,
  downloads: string | null = null,
  purpose?: "learn" | "test",
) {
  const root = await makeTempFolder();
  await writeFiles(root, files);
  const server = await startFakeHeadstart();
  const client = createApiClient({ url: server.url, key: FAKE_TOKEN, firstPauseMs: 1 });
  const source = await gatherList(await readList(path.join(root, name), {}), { root, downloads });
  const maxImageBytes = await readLimit(client);
  const report = await sendPlan(await planImport(source, client, { isDry: false, maxImageBytes }), client, SILENT, {
    batch: photoBatching(client, maxImageBytes),
    overwrite: false,
    purpose,
  });
  return { server, report };
}

describe("a CSV", () => {
  it("is imported with quotes, a byte order mark, other columns and columns in any order", async () => {
    const csv = '\uFEFFLabel,notes,Path\r\n"Four Cheese","a, ""b""\nc",photos/1.jpg\r\nhawaiian,,photos/2.jpg\r\n';
    const { server, report } = await run("l.csv", { "l.csv": csv, "photos/1.jpg": "one", "photos/2.jpg": "two" });
    expect(server.classes).toMatchObject([{ id: "four-cheese", name: "Four Cheese" }, { id: "hawaiian" }]);
    expect([...server.labels.values()]).toEqual(["four-cheese", "hawaiian"]);
    expect(report.classes).toMatchObject([{ stored: 1 }, { stored: 1 }]);
  });

  it("says by a column what each row is for; the person says it for the others", async () => {
    const csv = "path,label,Purpose\n1.jpg,a,test\n2.jpg,a,\n3.jpg,a,LEARN\n4.jpg,a,exam\n";
    const files = { "l.csv": csv, "1.jpg": "one", "2.jpg": "two", "3.jpg": "three", "4.jpg": "four" };
    const { server, report } = await run("l.csv", files);
    expect(server.purposes).toEqual(["test", null, "learn"]);
    expect(report.refused).toEqual([
      { file: "4.jpg", place: "line 5", reason: 'has the purpose "exam": write learn or test' },
    ]);
    expect((await run("l.csv", files, null, "test")).server.purposes).toEqual(["test", "learn"]);
  });

  it("loses only the rows that cannot be used, and names them", async () => {
    const csv = "path,label\n1.jpg,a\nmissing.jpg,a\n../../../etc/hostname,a\nhttp://127.0.0.1:9/x.jpg,a\n3.jpg,\n";
    const { server, report } = await run("l.csv", { "l.csv": csv, "1.jpg": "one" });
    expect(server.labels.size).toBe(1);
    expect(report.classes[0]?.refused).toEqual([
      { file: "missing.jpg", place: "line 3", reason: "is not there" },
      { file: "../../../etc/hostname", place: "line 4", reason: "lies outside of the list's folder" },
      { file: "http://127.0.0.1:9/x.jpg", place: "line 5", reason: "is an address; --allow-urls fetches it" },
    ]);
    expect(report.refused).toEqual([{ file: "3.jpg", place: "line 6", reason: "has no label" }]);
  });

  it("has its addresses fetched where that is allowed", async () => {
    const photos = await serveLocally((request, response) => {
      if (request.url === "/gone.jpg") return response.writeHead(404).end();
      response.end("a photo");
    });
    const csv = `url,label\n${photos}/1.jpg,a\n${photos}/gone.jpg,a\n`;
    const { server, report } = await run("l.csv", { "l.csv": csv }, await makeTempFolder());
    expect([...server.labels.values()]).toEqual(["a"]);
    expect(report.classes[0]?.refused).toEqual([
      { file: `${photos}/gone.jpg`, place: "line 3", reason: "the server answers 404" },
    ]);
  });

  it("leaves no empty item behind, and names a photo that the server refuses by its address", async () => {
    const photos = await serveLocally((_request, response) => response.end("broken"));
    const csv = `url,label\n${photos}/1.jpg,Soup\n1.jpg,Steak\n`;
    const { server, report } = await run("l.csv", { "l.csv": csv, "1.jpg": "one" }, await makeTempFolder());
    expect(server.classes.map(({ name }) => name)).toEqual(["Steak"]);
    expect(report.classes[0]).toMatchObject({
      created: false,
      stored: 0,
      refused: [{ file: `${photos}/1.jpg`, place: "line 2", reason: "It is cut off." }],
    });
  });

  it("goes on when the server refuses an item", async () => {
    const csv = "path,label\n1.jpg,taken\n2.jpg,Steak\n";
    const { report } = await run("l.csv", { "l.csv": csv, "1.jpg": "one", "2.jpg": "two" });
    expect(report.classes).toMatchObject([
      { stored: 0, refused: [{ place: "line 2", reason: "taken is taken." }] },
      { stored: 1, created: true },
    ]);
  });

  it("that names no columns is refused, and says how to name them", async () => {
    await expect(run("l.csv", { "l.csv": "a,b\n1,x\n" })).rejects.toThrow(/needs a first line.*--columns/);
  });
});

describe("an export of Label Studio", () => {
  const task = (id: number, image: string, ...choices: string[]) => ({
    id,
    data: { image, note: "text" },
    annotations: [
      { was_cancelled: false, result: [{ type: "choices", value: { choices } }] },
      { was_cancelled: true, result: [{ type: "choices", value: { choices: ["wrong"] } }] },
    ],
  });

  it("gives the single choice of each task, with photos by their paths or names", async () => {
    const tasks = [
      task(1, "/data/local-files/?d=photos%2F1.jpg", "a"),
      task(2, "/data/upload/7/abc-2.jpg", "b"),
      task(3, "3.jpg", "a", "b"),
    ];
    const files = { "p.json": JSON.stringify(tasks), "photos/1.jpg": "one", "abc-2.jpg": "two", "3.jpg": "three" };
    const { server, report } = await run("p.json", files);
    expect([...server.labels.values()]).toEqual(["a", "b"]);
    expect(report.refused).toEqual([{ file: "3.jpg", place: "task 3", reason: "has several labels: a, b" }]);
  });

  it("names photos by addresses of its own in its CSV as well", async () => {
    const rows = "image,id,choice\n/data/local-files/?d=photos/1.jpg,1,a\n/data/local-files/?d=photos%2F2.jpg,2,b\n";
    const { server, report } = await run("ls.csv", { "ls.csv": rows, "photos/1.jpg": "one", "photos/2.jpg": "two" });
    expect([[...server.labels.values()], report.refused]).toEqual([["a", "b"], []]);
  });

  it("is told from other JSON, and a list from a folder by its name", async () => {
    await expect(run("p.json", { "p.json": '{"a":1}' })).rejects.toThrow(/Label Studio/);
    expect(["x.csv", "x.JSON", "photos", "photos.d"].map(isList)).toEqual([true, true, false, false]);
  });
});
