/** Importing a folder against a server that plays the API: what is sent, what is not, and what is tried again. */
import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createApiClient } from "../../cli/import/api-client.ts";
import { importFolder } from "../../cli/import/import-folder.ts";
import { describeReport, isComplete } from "../../cli/import/import-report.ts";
import { classIdOf, classNameOf } from "../../cli/import/scan-folder.ts";
import { FAKE_TOKEN, type FakeHeadstart, startFakeHeadstart } from "../support/fake-headstart.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const SILENT = { start() {}, advance() {}, stop() {} };

function run(folder: string, { url }: FakeHeadstart, token = FAKE_TOKEN) {
  return importFolder(folder, createApiClient({ url, key: token, firstPauseMs: 1 }), SILENT);
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
      { id: "four_cheese", name: "Four Cheese" },
      { id: "hawaiian", name: "Hawaiian" },
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

  it("relabels a photo that was moved to another class", async () => {
    const server = await startFakeHeadstart();
    const [before, after] = [await makeTempFolder(), await makeTempFolder()];
    await writeFiles(before, { "hawaiian/1.jpg": "same bytes" });
    await writeFiles(after, { "pepperoni/1.jpg": "same bytes" });
    await run(before, server);
    expect((await run(after, server)).classes).toMatchObject([{ stored: 0, relabelled: 1 }]);
  });

  it("uses an existing class of the same name, and fails the photos of an archived one", async () => {
    const server = await startFakeHeadstart();
    server.classes.push({ id: "x1", name: "Four cheese", archived: false }, { id: "old", name: "Old", archived: true });
    const folder = await makeTempFolder();
    await writeFiles(folder, { ...photosOf("four_cheese", 1), ...photosOf("old", 1) });
    const report = await run(folder, server);
    expect([...server.labels.values()]).toEqual(["x1"]);
    expect(report.classes[1]?.failed[0]?.reason).toContain("archived");
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
    const report = await importFolder(folder, faulty, SILENT);
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
      findLabels(photos: readonly string[]) {
        server.faults.push(503, 503, 503, 503, 503, 503);
        return client.findLabels(photos);
      },
    };
    const report = await importFolder(folder, lost, SILENT);
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
  ["four_cheese", "four_cheese", "Four Cheese"],
  ["Quattro Formaggi!", "quattro-formaggi", "Quattro Formaggi!"],
  ["pizza-à-la-crème", "pizza-à-la-crème", "Pizza À La Crème"],
  ["BBQ", "bbq", "BBQ"],
])("makes a class of the folder %s", (folder, id, name) => {
  expect(classIdOf(folder)).toBe(id);
  expect(classNameOf(folder)).toBe(name);
});
