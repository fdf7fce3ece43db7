/** Pictures in an export that was asked for with them, and back into a deployment that keeps some. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { readDatabase } from "../support/database-state.ts";
import { makePhoto } from "../support/photos.ts";
import { importLines, linesOf, sealFile } from "../support/transfer-deployment.ts";
import { type Body, json, multipart, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const KEEPING = { ...env, KEEP_PICTURES: "thumbnails" };
/** The `thumbnail` of a line that no picture is. */
const HOSTILE = ["data:text/html;base64,PHNjcmlwdD4=", "javascript:alert(1)", "data:image/webp;base64,AAAA", ""];

let file: string;
let photos: string[];

beforeEach(async () => {
  await resetDatabase();
  await sendAsAdmin("/v1/admin/classes", json({ name: "pepperoni", id: "pepperoni" }));
  const files = { "1.png": makePhoto("pepperoni", 1), "2.png": makePhoto("pepperoni", 2) };
  const { body } = await sendAsAdmin("/v1/admin/classes/pepperoni/examples", multipart(files), KEEPING);
  photos = (body.results as { photo: string }[]).map(({ photo }) => photo);
  file = await exportWithPictures();
});

async function exportWithPictures(): Promise<string> {
  const { status, body } = await sendAsAdmin("/v1/admin/export?pictures=true", {}, KEEPING);
  expect(status).toBe(200);
  return String(body.text);
}

const picturesOf = (text: string) => linesOf(text).filter((line) => line.includes('"kind":"picture"'));
const restore = (text: string, bindings: Env = KEEPING) => importLines(linesOf(text), "?mode=restore", bindings);

async function readPictures(): Promise<unknown[]> {
  return [...(await readDatabase()).pictures];
}

describe("an export with pictures", () => {
  it("is of version 5 and holds them, and one without is of version 4 as before", async () => {
    const header = JSON.parse(linesOf(file)[0]);
    expect([header.version, header.counts.picture, picturesOf(file).length]).toEqual([5, 2, 2]);
    expect(JSON.parse(linesOf(file).at(-1) ?? "").counts).toEqual(header.counts);
    const plain = String((await sendAsAdmin("/v1/admin/export", {}, KEEPING)).body.text);
    const plainHeader = JSON.parse(linesOf(plain)[0]);
    expect([plainHeader.version, "picture" in plainHeader.counts, picturesOf(plain)]).toEqual([4, false, []]);
    expect(await sendAsAdmin("/v1/admin/export?pictures=all", {}, KEEPING)).toMatchObject({ status: 400 });
  });

  it("restores to the same bytes", async () => {
    const before = await readPictures();
    await resetDatabase();
    expect(await restore(file)).toMatchObject({ status: 200, body: { done: true, rows: [] } });
    expect(await readPictures()).toEqual(before);
    expect(await exportWithPictures()).toBe(file);
  });

  it("leaves them out where none are kept", async () => {
    await resetDatabase();
    const { body } = await restore(file, env);
    expect(body.counts).toMatchObject({ leftOut: 2, refused: 0 });
    expect(await readPictures()).toEqual([]);
  });

  it("brings none back that was forgotten, and holds none of them later", async () => {
    await sendAsAdmin(`/v1/admin/examples/${photos[0]}`, { method: "DELETE" }, KEEPING);
    const later = await exportWithPictures();
    expect(picturesOf(later)).toHaveLength(1);
    expect(picturesOf(later)[0]).not.toContain(photos[0]);
    expect(await importLines(linesOf(file), "?mode=merge", KEEPING)).toMatchObject({
      status: 200,
      body: { done: true },
    });
    expect(await readPictures()).toEqual([expect.objectContaining({ sample_id: photos[1] })]);
  });

  it.each(HOSTILE)("is refused a picture that is none: %s", async (thumbnail) => {
    const [header, ...rows] = linesOf(file).slice(0, -1);
    const changed = rows.map((line) => {
      const row: Body = JSON.parse(line);
      return row.kind === "picture" ? JSON.stringify({ ...row, thumbnail }) : line;
    });
    await resetDatabase();
    const { body } = await restore(await sealFile(header, changed));
    expect(body.counts).toMatchObject({ refused: 2 });
    expect(await readPictures()).toEqual([]);
  });
});
