/**
 * The pizzeria's story as a program: a menu is taught and trained, one more item is put on it, learnt, and recognised.
 *
 *   HEADSTART_KEY=... node third-item.js http://127.0.0.1:8787 photos/Pepperoni photos/Hawaiian "photos/Four Cheese"
 *
 * A folder has at most 50 photos of the item that it is named like. The last photo of the last folder is kept back and asked about.
 * Run twice, it finds the items and their photos there already.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { createHeadstart, need, toForm } from "@headstart/client";

const [url = "", ...folders] = process.argv.slice(2);
const headstart = createHeadstart(url, { key: process.env.HEADSTART_KEY });
const { api } = headstart;

/** @param {string} folder */
async function readPhotos(folder) {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (name) => new File([await readFile(path.join(folder, name))], name)));
}

/** @param {string} name @param {File[]} photos */
async function teach(name, photos) {
  const made = await api.POST("/v1/admin/classes", { body: { name } });
  if (made.error !== undefined && made.error.code !== "class_exists") need(made);
  const params = { path: { id: name } }; // an item is known by its name too
  const body = { image: photos };
  const added = need(await api.POST("/v1/admin/classes/{id}/examples", { params, body, bodySerializer: toForm }));
  console.log(`${name}: ${added.stored} photos stored, ${added.duplicates} were there already.`);
  for (const { file, problem } of added.results) if (problem) console.warn(`${file}: ${problem.detail}`);
}

async function train() {
  const run = need(await api.POST("/v1/admin/training-runs"));
  console.log(run.message);
  return run.headVersion;
}

/** @param {File} photo @param {number | null} head */
async function ask(photo, head) {
  // Every isolate has a new head within ten seconds; who asks for it by its number has it at once.
  const answer = await headstart.classify(photo, { query: head === null ? {} : { head } });
  const [best] = answer.predictions;
  console.log(`${photo.name}: ${best?.name}, ${best?.score.toFixed(2)}, by head ${answer.headVersion}.`);
}

const menu = folders.slice(0, -1);
for (const folder of menu) await teach(path.basename(folder), await readPhotos(folder));
await train();
const third = folders.at(-1) ?? "";
const photos = await readPhotos(third);
await teach(path.basename(third), photos.slice(0, -1));
for (const keptBack of photos.slice(-1)) await ask(keptBack, await train());
