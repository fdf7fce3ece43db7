/** `headstart classify <folder> --csv`, against a server that keeps what it was sent. */
import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { serveLocally } from "../support/local-server.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const HEAD = "file,label,name,score,unknown,undecided,version,problem\n";

/** Calls every photo by the text in it; knows none called broken, and finds one called soon too early the first time. */
async function startEcho() {
  const sent: string[][] = [];
  const seen = new Set<string>();
  const url = await serveLocally(async (request, response) => {
    const type = request.headers["content-type"] ?? "";
    const form = await new Response(await buffer(request), { headers: { "Content-Type": type } }).formData();
    const files = form.getAll("image").filter((value) => value instanceof File);
    const names = await Promise.all(files.map((file) => file.text()));
    sent.push(files.map(({ name }) => name));
    const results = names.map((name) => {
      if (name === "broken") return { problem: { code: "image_broken", detail: 'The photo is damaged, "badly".' } };
      if (name === "quota") return { problem: { code: "quota_exceeded", detail: "Enough for today." } };
      if (name === "soon" && !seen.has(name)) {
        seen.add(name);
        return { problem: { code: "rate_limited", detail: "Too many." } };
      }
      return {
        answer: { predictions: [{ label: name, name, score: 0.5 }], unknown: false, undecided: true, headVersion: 4 },
      };
    });
    const [only] = results;
    const alone = "answer" in only ? { status: 200, body: only.answer } : { status: 422, body: only.problem };
    const { status, body } = results.length === 1 ? alone : { status: 200, body: { results } };
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  return { sent, env: { HEADSTART_URL: url } };
}

async function makePhotos(files: Record<string, string>) {
  const folder = await makeTempFolder();
  await writeFiles(folder, files);
  return { folder, csv: path.join(await makeTempFolder(), "answers.csv") };
}

describe("headstart classify --csv", () => {
  it("writes a row for each photo of a folder, within it too, and stops at none that is bad", async () => {
    const { sent, env } = await startEcho();
    const { folder, csv } = await makePhotos({
      "a.jpg": "margherita",
      "b, c.jpg": "broken",
      "in/d.png": "funghi",
      "e.heic": "x",
      "f.txt": "x",
    });
    const run = await runHeadstart(["classify", folder, "--csv", csv, "--json"], { env });
    expect(sent).toEqual([["a.jpg", "b, c.jpg", "in/d.png"]]);
    expect((await readFile(csv, "utf8")).replace(HEAD, "").trimEnd().split("\n")).toEqual([
      'e.heic,,,,,,,"HEIC cannot be read; save it as JPEG, PNG or WebP"',
      "a.jpg,margherita,margherita,0.5000,false,true,4,",
      '"b, c.jpg",,,,,,,"The photo is damaged, ""badly""."',
      "in/d.png,funghi,funghi,0.5000,false,true,4,",
    ]);
    expect(JSON.parse(run.stdout)).toEqual({ csv, answered: 2, refused: 2, skipped: 0, waiting: 0 });
    expect({ code: run.code, stderr: run.stderr }).toEqual({
      code: 5,
      stderr: expect.stringContaining("Classifying 4 photos"),
    });
  });

  it("continues where it was stopped, and does a row again that was cut off", async () => {
    const { sent, env } = await startEcho();
    const { folder, csv } = await makePhotos({ "=a.jpg": "one", "b.jpg": "two" });
    expect(await runHeadstart(["classify", folder, "--csv", csv], { env })).toMatchObject({ code: 0 });
    await writeFiles(folder, { "c.jpg": "three" });
    await appendFile(csv, "c.jpg,thr");
    const run = await runHeadstart(["classify", folder, "--csv", csv], { env });
    expect(sent).toEqual([["=a.jpg", "b.jpg"], ["c.jpg"]]);
    expect(await readFile(csv, "utf8")).toBe(
      `${HEAD}'=a.jpg,one,one,0.5000,false,true,4,\nb.jpg,two,two,0.5000,false,true,4,\nc.jpg,three,three,0.5000,false,true,4,\n`,
    );
    expect(run).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("1 photos were answered; 2 had a row already."),
    });
  });

  it("asks again about what came too soon, and leaves no row of what had no answer today", async () => {
    const { sent, env } = await startEcho();
    const { folder, csv } = await makePhotos({ "a.jpg": "soon", "b.jpg": "quota" });
    const run = await runHeadstart(["classify", folder, "--csv", csv, "--json"], { env });
    expect(sent).toEqual([["a.jpg", "b.jpg"], ["a.jpg"]]);
    expect(await readFile(csv, "utf8")).toBe(`${HEAD}a.jpg,soon,soon,0.5000,false,true,4,\n`);
    expect({ ...JSON.parse(run.stdout), code: run.code }).toMatchObject({ answered: 1, waiting: 1, code: 5 });
  });

  it("touches no file of another kind", async () => {
    const { env } = await startEcho();
    const { folder, csv } = await makePhotos({ "a.jpg": "one" });
    await appendFile(csv, "path,label\nx,y\n");
    const run = await runHeadstart(["classify", folder, "--csv", csv], { env });
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("has other columns (path, label)") });
    expect(await readFile(csv, "utf8")).toBe("path,label\nx,y\n");
  });
});
