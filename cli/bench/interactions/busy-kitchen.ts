/** A kitchen that has been at work for a long time: many items, and corrections that wait, written straight into its database. */
import type { DatabaseSync } from "node:sqlite";
import { createSeeder, type Seeder } from "../../../test/browser/kitchen-seed.ts";
import { drawPictures } from "../../../test/support/film.ts";
import { openLocalDatabase, writeLabels } from "../../../test/support/local-database.ts";
import { PHOTO_KINDS } from "../../../test/support/photos.ts";
import { createRandom } from "../../../test/support/random.ts";
import { type DevServer, type DevServerOptions, startDevServer } from "../../dev-server.ts";

/** Of each item; one correction is made of each. */
export const PHOTOS_PER_ITEM = 10;
/** Of one item, so that its list of photos has more than a page. */
const PHOTOS_OF_FIRST = 120;
const PICTURES_PER_KIND = 20;

export interface BusyKitchen {
  readonly items: number;
  /** At most `PHOTOS_PER_ITEM` an item. */
  readonly corrections: number;
}

/** The name of an item by its number, from 0 on; its id is the same with an underscore. */
export function nameItem(item: number): string {
  return `Item ${item + 1}`;
}

/** Starts a server with such a kitchen, two versions in it. */
export async function startBusyKitchen(dataDir: string, kitchen: BusyKitchen): Promise<DevServer> {
  const options: DevServerOptions = { dataDir, quiet: true };
  const empty = await startDevServer(options);
  try {
    await addItems(createSeeder(empty), kitchen.items);
  } finally {
    await empty.stop();
  }
  const db = openLocalDatabase(dataDir);
  try {
    writeMenu(db, kitchen.items);
    writeCorrections(db, kitchen.corrections);
  } finally {
    db.close();
  }
  const server = await startDevServer(options);
  const seeder = createSeeder(server);
  await seeder.ask("/training-runs", {});
  await seeder.teach(nameItem(1), PHOTO_KINDS[1], [0, 1]);
  await seeder.ask("/training-runs", {});
  return server;
}

/** The first has a photo, which tells what a backbone makes of one. */
async function addItems(seeder: Seeder, items: number): Promise<void> {
  await seeder.teach(nameItem(0), PHOTO_KINDS[0], [0]);
  for (let item = 1; item < items; item++) {
    const name = nameItem(item);
    await seeder.ask("/classes", { name, id: toId(name) });
  }
}

/** No head can tell items of one kind apart, so there is much to confuse and to doubt. */
function writeMenu(db: DatabaseSync, items: number): void {
  const first = db.prepare("SELECT backbone_id AS backbone, embedding FROM examples").get();
  const backboneId = String(first?.backbone);
  const dimension = Buffer.from(String(first?.embedding), "base64").length;
  const random = createRandom("a busy kitchen");
  db.exec("BEGIN");
  for (let item = 0; item < items; item++) {
    const count = item === 0 ? PHOTOS_OF_FIRST : PHOTOS_PER_ITEM;
    writeLabels(db, { classId: toId(nameItem(item)), kind: item % 7, count, dimension, backboneId }, random);
  }
  db.exec("COMMIT");
}

/** Each by another guest, about what looks like a labelled photo, and with a picture. */
function writeCorrections(db: DatabaseSync, count: number): void {
  const pictures = PHOTO_KINDS.flatMap((kind) => drawPictures(kind, PICTURES_PER_KIND)).map(
    (picture) => `data:image/jpeg;base64,${picture.toString("base64")}`,
  );
  const rows = db.prepare("SELECT class_id AS label, embedding, scale, backbone_id AS backbone FROM examples");
  const insert = db.prepare(
    `INSERT INTO reviews
       (sample_id, class_id, contributor, backbone_id, embedding, scale, preview, origin, usefulness, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'server', ?, ?)`,
  );
  const random = createRandom("corrections");
  db.exec("BEGIN");
  for (const [i, { label, embedding, scale, backbone }] of rows.all().slice(-count).entries()) {
    const sample = i.toString(16).padStart(64, "0");
    const picture = pictures[i % pictures.length];
    insert.run(sample, label, `guest ${i}`, backbone, embedding, scale, picture, random(), Date.now());
  }
  db.exec("COMMIT");
}

function toId(name: string): string {
  return name.toLowerCase().replaceAll(" ", "_");
}
