/** Importing a folder against a server that plays the API: what is sent, what is not, and what is tried again. */
import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type ApiClient, createApiClient } from "../../cli/import/api-client.ts";
import { photoBatching } from "../../cli/import/batch-photos.ts";
import { describeReport, isComplete } from "../../cli/import/import-report.ts";
import { nameOfFolder } from "../../cli/import/import-source.ts";
import { openFolder } from "../../cli/import/open-folder.ts";
import { planImport } from "../../cli/import/plan-import.ts";
import { sendPlan } from "../../cli/import/send-plan.ts";
import { readLimit } from "../support/dry-run.ts";
import { FAKE_TOKEN, type FakeHeadstart, startFakeHeadstart } from "../support/fake-headstart.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const SILENT = { start() {}, advance() {}, stop() {} };

function run(folder: string, { url }: FakeHeadstart, token = FAKE_TOKEN) {
  return runWith(folder, createApiClient({ url, key: token, firstPauseMs: 1 }));
}

async function runWith(folder: string, client: ApiClient, overwrite = false) {
  const plan = await planImport(await openFolder(folder, {}), client, {
    isDry: false,
    maxImageBytes: await readLimit(client),
  });
  return sendPlan(plan, client, SILENT, { overwrite, batch: photoBatching(client, await readLimit(client)) });
}

/** `count` different photos in the folder of one class. */
function photosOf(folder: string, count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/${i}.jpg`, `${folder} photo ${i}`]));
}

describe("import", () => {
  it("makes the missing classes and sends every photo once, in batches of at most ten", async () => {
    const server = await startFakeHeadstart();
    const folder = await makeTempFolder();
    await writeFiles(folder, { ...photosOf("four_cheese", 23), ...photosOf("hawaiian", 2) });
    const report = await run(folder, server);
    expect(server.classes).toMatchObject([
      { id: "four-cheese", name: "four cheese" },
      { id: "hawaiian", name: "hawaiian" },
    ]);
    expect(server.uploads).toEqual([10, 10, 3, 2]);
    expect(report.classes.map(({ stored, created }) => [stored, created])).toEqual([
      [23, true],
      [2, true],
    ]);
    expect(isComplete(report)).toBe(true);
  });

  it("sends nothing the second time", async () => {
    const server = await startFakeHeadstart();
    const folder = await makeTempFolder();
    await writeFiles(folder, photosOf("hawaiian", 4));
    await run(folder, server);
    const again = await run(folder, server);
    expect(server.uploads).toEqual([4]);
    expect(again.classes).toMatchObject([{ stored: 0, alreadyThere: 4, created: false }]);
  });

  it("leaves a photo that people have labelled differently or forgotten, unless it is told to overwrite", async () => {
    const server = await startFakeHeadstart();
    server.classes.push({ id: "soup", name: "Soup", archived: false }, { id: "steak", name: "Steak", archived: false });
    const folder = await makeTempFolder();
    await writeFiles(folder, photosOf("Soup", 3));
    await run(folder, server);
    const [first, second] = server.labels.keys();
    server.labels.set(first ?? "", "steak");
    server.labels.delete(second ?? "");
    server.forgotten.add(second ?? "");
    const again = await run(folder, server);
    expect(again.classes).toMatchObject([{ stored: 0, relabelled: 0, alreadyThere: 1 }]);
    expect(again.classes[0]?.kept.map(({ reason }) => reason).sort()).toEqual(["has been forgotten", "is Steak now"]);
    expect(describeReport(again)).toContain("--overwrite");
    expect(isComplete(again)).toBe(true);
    expect(server.labels.get(first ?? "")).toBe("steak");
    const client = createApiClient({ url: server.url, key: FAKE_TOKEN });
    expect((await runWith(folder, client, true)).classes).toMatchObject([{ stored: 1, relabelled: 1, kept: [] }]);
    expect([...server.labels.values()]).toEqual(["soup", "soup", "soup"]);
  });

  it("uses an existing item of the same name, and refuses the photos of an archived one", async () => {
    const server = await startFakeHeadstart();
    server.classes.push({ id: "x1", name: "Four cheese", archived: false }, { id: "old", name: "Old", archived: true });
    const folder = await makeTempFolder();
    await writeFiles(folder, { ...photosOf("four_cheese", 1), ...photosOf("old", 1) });
    const report = await run(folder, server);
    expect([...server.labels.values()]).toEqual(["x1"]);
    expect(report.classes[1]?.refused[0]?.reason).toContain("archived");
  });

  it("sends a folder _none as not on the menu, and makes no item for it", async () => {
    const server = await startFakeHeadstart();
    server.classes.push({ id: "none", name: "None", archived: false });
    const folder = await makeTempFolder();
    await writeFiles(folder, { ...photosOf("a", 1), ...photosOf("_none", 2) });
    const report = await run(folder, server);
    expect([...server.labels.values()].sort()).toEqual([":none", ":none", "a"]);
    expect(server.classes.map(({ id }) => id)).toEqual(["none", "a"]);
    expect(describeReport(report)).toContain("_none  2 stored (not on the menu)");
    expect((await run(folder, server)).classes.map(({ alreadyThere }) => alreadyThere)).toEqual([2, 1]);
  });

  it("leaves a folder _none to the item that goes by that name", async () => {
    const server = await startFakeHeadstart();
    server.classes.push({ id: "_none", name: "None", archived: false });
    const folder = await makeTempFolder();
    await writeFiles(folder, photosOf("_none", 1));
    await run(folder, server);
    expect([...server.labels.values()]).toEqual(["_none"]);
  });

  it("reports what it does not send and why", async () => {
    const server = await startFakeHeadstart(100);
    const folder = await makeTempFolder();
    await writeFiles(folder, {
      "readme.txt": "",
      "a/1.jpg": "good",
      "a/twin.png": "good",
      "a/2.webp": "broken",
      "a/3.jpg": "x".repeat(101),
      "a/4.heic": "heic",
      "a/notes.txt": "",
      "a/.DS_Store": "",
      "a/both.jpg": "contested",
      "b/both.jpg": "contested",
    });
    await symlink(path.join(folder, "readme.txt"), path.join(folder, "a/link.jpg"));
    const report = await run(folder, server);
    const reasons = new Map(report.classes.flatMap(({ refused }) => refused).map(({ file, reason }) => [file, reason]));
    expect(Object.fromEntries(reasons)).toEqual({
      "a/2.webp": "It is cut off.",
      "a/3.jpg": "0.0 MB; the server takes at most 0.0",
      "a/4.heic": "HEIC cannot be read; save it as JPEG, PNG or WebP",
      "a/both.jpg": "the same photo is in a and b",
      "b/both.jpg": "the same photo is in a and b",
    });
    expect(report.classes[0]).toMatchObject({ stored: 1, alreadyThere: 1 });
    expect(report.skipped.map(({ file }) => file).sort()).toEqual(["a/link.jpg", "a/notes.txt", "readme.txt"]);
    expect(report.hidden).toBe(1);
    expect(isComplete(report)).toBe(false);
    expect(describeReport(report)).toContain("a/link.jpg: a symbolic link (not followed)");
  });

  it("tries again when the connection breaks or the server is overloaded", async () => {
    const server = await startFakeHeadstart();
    const folder = await makeTempFolder();
    await writeFiles(folder, photosOf("a", 3));
    server.faults.push(0, 503, 429);
    const report = await run(folder, server);
    expect(report.classes).toMatchObject([{ stored: 3, failed: [] }]);
  });

  it("goes on after a refused request and counts its photos as failed", async () => {
    const server = await startFakeHeadstart();
    server.classes.push({ id: "a", name: "A", archived: false });
    const folder = await makeTempFolder();
    await writeFiles(folder, { ...photosOf("a", 2), ...photosOf("b", 1) });
    const client = createApiClient({ url: server.url, key: FAKE_TOKEN, firstPauseMs: 1 });
    const faulty = {
      ...client,
      async upload(id: string, photos: Parameters<typeof client.upload>[1]) {
        if (id === "a") server.faults.push(500);
        return client.upload(id, photos);
      },
    };
    const report = await runWith(folder, faulty);
    expect(report.classes.map(({ stored, failed }) => [stored, failed.length])).toEqual([
      [0, 2],
      [1, 0],
    ]);
  });

  it("stops sending when the server stays away, and a later run sends the rest", async () => {
    const server = await startFakeHeadstart();
    server.classes.push({ id: "a", name: "A", archived: false }, { id: "b", name: "B", archived: false });
    const folder = await makeTempFolder();
    await writeFiles(folder, { ...photosOf("a", 2), ...photosOf("b", 2) });
    const client = createApiClient({ url: server.url, key: FAKE_TOKEN, firstPauseMs: 1 });
    const lost = {
      ...client,
      upload(id: string, photos: Parameters<typeof client.upload>[1]) {
        server.faults.push(503, 503, 503, 503, 503, 503);
        return client.upload(id, photos);
      },
    };
    const report = await runWith(folder, lost);
    expect(report.classes.map(({ failed }) => failed.length)).toEqual([2, 2]);
    expect(report.classes[1]?.failed[0]?.reason).toContain("cannot be reached");
    server.faults.length = 0;
    expect(isComplete(await run(folder, server))).toBe(true);
  });

  it("cannot begin with a wrong token, a missing folder, or a folder without subfolders", async () => {
    const server = await startFakeHeadstart();
    const folder = await makeTempFolder();
    await writeFile(path.join(folder, "1.jpg"), "photo");
    await expect(run(folder, server)).rejects.toThrow("has no subfolders");
    await expect(run(path.join(folder, "none"), server)).rejects.toThrow("There is no folder");
    await writeFiles(folder, photosOf("a", 1));
    await expect(run(folder, server, "wrong")).rejects.toThrow("refuses access");
  });
});

it.each([
  ["four_cheese", "four cheese"],
  ["Quattro Formaggi!", "Quattro Formaggi!"],
  ["Coca-Cola", "Coca-Cola"],
  ["__proto__", "__proto__"],
  ["iPhone_12", "iPhone 12"],
  ["_none", "_none"],
])("calls the item of the folder %s as it is written, but for underscores between words", (folder, name) => {
  expect(nameOfFolder(folder)).toBe(name);
});
