/** `npm run bench -- pictures`: what thumbnails of many labelled photos cost the database and staff who look at them, through the Worker in workerd. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { openLocalDatabase } from "../../test/support/local-database.ts";
import { type DevServer, startDevServer } from "../dev-server.ts";
import { overviewSchema } from "../headstart/answers.ts";
import { createCaller } from "../import/api-client.ts";
import { restoreFile } from "../transfer/restore-file.ts";
import { median, quantile } from "./quantile.ts";
import { writeExportFile } from "./transfer-file.ts";

interface PicturesBenchFlags {
  readonly n: number;
  readonly photos: string;
  readonly json?: boolean;
}

const SILENT = { start() {}, advance() {}, stop() {} };
/** Of each request that is timed. */
const REPEATS = 100;
/** One page of a list: the API's most. */
const PAGE = 100;
/** From each folder of photos: their thumbnails stand for all. */
const PHOTOS_PER_FOLDER = 8;

export function createPicturesBench(): Command {
  return new Command("pictures")
    .description("measure many examples with thumbnails: size, lists, single pictures")
    .option("--n <examples>", "labelled examples", Number, 10_000)
    .option("--photos <folder>", "photos, a folder per item", "../shared/data/images/pizza-menu/train")
    .option("--json", "print one JSON object")
    .action(runPicturesBench);
}

async function runPicturesBench({ n, photos, json }: PicturesBenchFlags): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
  try {
    const report = { n, ...(await measure(folder, n, photos)) };
    if (json) console.log(JSON.stringify(report));
    else console.table(report);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, n: number, photos: string) {
  const options = { dataDir: path.join(folder, "state"), quiet: true, vars: { KEEP_PICTURES: "thumbnails" } };
  const thumbnails = await onServer(options, async (server) => {
    const taught = await teachPhotos(server, photos);
    return Promise.all(taught.map((photo) => readDataUrl(server, photo)));
  });
  const fresh = { ...options, dataDir: path.join(folder, "many") };
  const made = path.join(folder, "made.ndjson");
  await onServer(fresh, async (server) => {
    const call = createCaller({ url: server.url, key: server.adminToken });
    const { backbone } = await call(overviewSchema, "/v1/admin/overview");
    await writeExportFile(made, { backboneId: backbone.id, dimension: Number(backbone.dimension) }, n);
    await restoreFile(made, call, { mode: "restore", prefer: "ours" }, SILENT);
  });
  const bare = await onServer(fresh, timeRequests);
  const bareBytes = sizeOf(fresh.dataDir);
  fillPictures(fresh.dataDir, thumbnails);
  const pictured = await onServer(fresh, timeRequests);
  return {
    thumbnailKb: median(thumbnails.map((url) => url.length)) / 1e3,
    databaseMb: bareBytes / 1e6,
    databaseWithPicturesMb: sizeOf(fresh.dataDir) / 1e6,
    listMs: bare.listMs,
    listWithPicturesMs: pictured.listMs,
    listP95WithPicturesMs: pictured.listP95Ms,
    pictureMs: pictured.pictureMs,
    pictureP95Ms: pictured.pictureP95Ms,
    gridOf100Ms: pictured.gridMs,
  };
}

async function onServer<T>(
  options: Parameters<typeof startDevServer>[0],
  work: (server: DevServer) => Promise<T>,
): Promise<T> {
  const server = await startDevServer(options);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** The real encoder's work on real photos. Returns the photos' ids. */
async function teachPhotos(server: DevServer, folder: string): Promise<string[]> {
  const ids: string[] = [];
  for (const item of await readdir(folder)) {
    await ask(server, "/v1/admin/classes", {
      method: "POST",
      body: JSON.stringify({ name: item, id: item }),
      headers: JSON_TYPE,
    });
    const form = new FormData();
    for (const name of (await readdir(path.join(folder, item))).slice(0, PHOTOS_PER_FOLDER)) {
      form.append("image", new File([await readFile(path.join(folder, item, name))], name));
    }
    const response = await ask(server, `/v1/admin/classes/${item}/examples`, { method: "POST", body: form });
    const { results } = (await response.json()) as { results: { photo: string | null }[] }; // -- a decoder
    ids.push(...results.flatMap(({ photo }) => photo ?? []));
  }
  return ids;
}

const JSON_TYPE = { "content-type": "application/json" };

async function readDataUrl(server: DevServer, photo: string): Promise<string> {
  const response = await ask(server, `/v1/admin/examples/${photo}/picture`);
  const base64 = Buffer.from(await response.arrayBuffer()).toString("base64");
  return `data:${response.headers.get("content-type")};base64,${base64}`;
}

/** One of the thumbnails for each example, in turn, as the Worker would have stored it. */
function fillPictures(dataDir: string, thumbnails: readonly string[]): void {
  const db = openLocalDatabase(dataDir);
  const insert = db.prepare("INSERT INTO pictures (sample_id, preview) VALUES (?, ?)");
  db.exec("BEGIN");
  const rows = db.prepare("SELECT sample_id FROM examples").all();
  for (const [i, { sample_id: id }] of rows.entries()) insert.run(String(id), thumbnails[i % thumbnails.length]);
  db.exec("COMMIT");
  db.close();
}

function sizeOf(dataDir: string): number {
  const db = openLocalDatabase(dataDir);
  const size = db.prepare("SELECT page_count * page_size AS size FROM pragma_page_count(), pragma_page_size()").get();
  db.close();
  return Number(size?.size);
}

async function timeRequests(server: DevServer) {
  const list = `/v1/admin/examples?class=item-001&limit=${PAGE}`;
  const { examples } = (await (await ask(server, list)).json()) as { examples: { photo: string; picture: boolean }[] }; // -- a decoder
  const shown = examples.filter(({ picture }) => picture).map(({ photo }) => `/v1/admin/examples/${photo}/picture`);
  const lists = await time(REPEATS, () => ask(server, list));
  const singles = shown.length === 0 ? [] : await time(REPEATS, (i) => ask(server, shown[i % shown.length]));
  const grids = await time(5, () => Promise.all(shown.map((address) => ask(server, address))));
  return {
    listMs: median(lists),
    listP95Ms: quantile(lists, 0.95),
    pictureMs: median(singles),
    pictureP95Ms: quantile(singles, 0.95),
    gridMs: median(grids),
  };
}

/** Milliseconds of each, to the last byte. */
async function time(repeats: number, act: (i: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const startedAt = performance.now();
    await act(i);
    times.push(performance.now() - startedAt);
  }
  return times;
}

async function ask({ url, adminToken }: DevServer, route: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${adminToken}`, ...init.headers };
  const response = await fetch(url + route, { ...init, headers });
  if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
  return new Response(await response.arrayBuffer(), { headers: response.headers });
}
