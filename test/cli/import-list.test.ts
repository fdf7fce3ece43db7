/** Importing a CSV and Label Studio's JSON: which photos are found, fetched, refused or left out. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createApiClient } from "../../cli/import/api-client.ts";
import { gatherList } from "../../cli/import/gather-list.ts";
import { importPhotos } from "../../cli/import/import-folder.ts";
import { isLabelledList, readLabelledList } from "../../cli/import/labelled-list.ts";
import { FAKE_TOKEN, startFakeHeadstart } from "../support/fake-headstart.ts";
import { serveLocally } from "../support/local-server.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const SILENT = { start() {}, advance() {}, stop() {} };

async function run(name: string, files: Record<string, string>, downloads: string | null = null) {
  const root = await makeTempFolder();
  await writeFiles(root, files);
  const server = await startFakeHeadstart();
  const client = createApiClient({ url: server.url, key: FAKE_TOKEN, firstPauseMs: 1 });
  const list = await readLabelledList(path.join(root, name));
  const report = await importPhotos(root, await gatherList(list, { root, downloads }), client, SILENT);
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

  it("loses only the rows that cannot be used, and names them", async () => {
    const csv = "path,label\n1.jpg,a\nmissing.jpg,a\n../../../etc/hostname,a\nhttp://127.0.0.1:9/x.jpg,a\n3.jpg,\n";
    const { server, report } = await run("l.csv", { "l.csv": csv, "1.jpg": "one" });
    expect(server.labels.size).toBe(1);
    expect(report.classes[0]?.refused).toEqual([
      { file: "missing.jpg", reason: "is not there" },
      { file: "../../../etc/hostname", reason: "lies outside of the list's folder" },
      { file: "http://127.0.0.1:9/x.jpg", reason: "is an address; --allow-urls fetches it" },
    ]);
    expect(report.skipped).toEqual([{ file: "3.jpg", reason: "has no label, or more than one" }]);
  });

  it("has its addresses fetched where that is allowed", async () => {
    const photos = await serveLocally((request, response) => {
      if (request.url === "/gone.jpg") return response.writeHead(404).end();
      response.end("a photo");
    });
    const csv = `url,label\n${photos}/1.jpg,a\n${photos}/gone.jpg,a\n`;
    const { server, report } = await run("l.csv", { "l.csv": csv }, await makeTempFolder());
    expect([...server.labels.values()]).toEqual(["a"]);
    expect(report.classes[0]?.refused).toEqual([{ file: `${photos}/gone.jpg`, reason: "the server answers 404" }]);
  });

  it.each([
    ["a,b\n1.jpg,x\n", /needs a first line/],
    ['path,label\n"1.jpg,x\n', /is no CSV/],
  ])("that is none is refused: %j", async (csv, message) => {
    await expect(run("l.csv", { "l.csv": csv })).rejects.toThrow(message);
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
    expect(report.skipped).toEqual([{ file: "3.jpg", reason: "has no label, or more than one" }]);
  });

  it("is told from other JSON, and a list from a folder by its name", async () => {
    await expect(run("p.json", { "p.json": '{"a":1}' })).rejects.toThrow(/Label Studio/);
    expect(["x.csv", "x.JSON", "photos", "photos.d"].map(isLabelledList)).toEqual([true, true, false, false]);
  });
});
