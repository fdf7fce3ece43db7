/** What keeps a deployment from answering by a backbone that the remote database was not taught with. */
import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { photoRack, textRack } from "../../cli/backbone/backbone-rack.ts";
import { sha256Of } from "../../cli/backbone/file-identity.ts";
import { keepMade } from "../../cli/backbone/made-backbones.ts";
import { findPlacedBackbone, placeBackbone } from "../../cli/backbone/placed-backbone.ts";
import { useThreeLanguages } from "../../cli/backbone/three-languages/use-three-languages.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { MIGRATIONS_DIR } from "../../cli/shared/project-paths.ts";
import { makeDeployment, TEXT_ENVIRONMENT, TOML } from "../support/deployment.ts";
import { makeTinyBackbone } from "../support/onnx-graphs.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const OLD = makeTinyBackbone();
const NEW = makeTinyBackbone({ input: ["N", 3, 32, 32] });
const OLD_ID = sha256Of(OLD);
const NEW_ID = sha256Of(NEW);
const BEFORE_SECOND_SLOT = "0028";

/** A rack with the new backbone as the default, and both with their manifests in `models`. */
async function makeRack() {
  const folder = await makeTempFolder();
  const [activeDir, modelsDir, sharedBackbonesDir, drafts] = ["active", "models", "shared", "drafts"].map((name) =>
    path.join(folder, name),
  );
  const places = { activeDir, modelsDir, sharedBackbonesDir };
  await writeFiles(modelsDir, { "headstart-a.onnx": OLD, "headstart-b.onnx": NEW });
  for (const name of ["headstart-a", "headstart-b"]) {
    const { manifest } = await useBackbone(name, { ...places, activeDir: drafts });
    await writeFiles(modelsDir, { [`${name}.json`]: JSON.stringify({ ...manifest, file: `${name}.onnx` }) });
  }
  return { places, rack: photoRack(places) };
}

interface Stored {
  /** Of the only label; none without it. */
  readonly labels?: string;
  readonly second?: { readonly id: string; readonly readyAt: number | null };
  /** The number of the last migration. */
  readonly last?: string;
}

/** A file with a database as a deployment would have left it. */
async function makeStored({ labels, second, last = "9999" }: Stored): Promise<string> {
  const file = path.join(await makeTempFolder(), "remote.sqlite");
  const db = new DatabaseSync(file);
  const migrations = readdirSync(MIGRATIONS_DIR).filter((name) => name.endsWith(".sql") && name.slice(0, 4) <= last);
  for (const name of migrations.sort()) db.exec(readFileSync(path.join(MIGRATIONS_DIR, name), "utf8"));
  db.exec("INSERT INTO classes (id, name, name_key, created_at) VALUES ('hawaiian', 'Hawaiian', 'hawaiian', 1)");
  if (labels !== undefined) {
    db.prepare(
      `INSERT INTO examples (sample_id, backbone_id, class_id, embedding, scale, source, contributor, origin, created_at, labelled_at)
       VALUES ('s', ?, 'hawaiian', 'AQ==', 0.5, 'admin', 'staff', 'server', 1, 1)`,
    ).run(labels);
  }
  if (second !== undefined) {
    db.prepare(
      `INSERT INTO second_slot (id, backbone_id, name, dimension, home_name, home_dimension, began_at, ready_at)
       VALUES (1, ?, 'next', 6, 'former', 6, 1, ?)`,
    ).run(second.id, second.readyAt);
  }
  db.close();
  return file;
}

async function deployOver(stored: Stored) {
  const { rack, places } = await makeRack();
  const databases = [{ name: "headstart", uuid: "uuid" }];
  const deployment = await makeDeployment({ databases, stored: await makeStored(stored) });
  const calls = async () => (await deployment.readAccount()).calls.map((call: string) => call.split(" --")[0]);
  return { ...deployment, rack, places, calls, run: () => deployment.run({ backbones: rack }) };
}

describe("a deployment over labels of another backbone", () => {
  it("stops before anything is migrated, and names both ways out", async () => {
    const { run, rack, places, calls, said } = await deployOver({ labels: OLD_ID });
    await useBackbone("headstart-b", places);
    const words = await run().then(() => "deployed", String);
    expect(words).toContain('The database "headstart" was taught with headstart-a, but headstart-b would be deployed.');
    expect(words).toContain("  npm run backbone -- use headstart-a\nOr prepare the change first");
    expect(words).toContain("  npx headstart reembed <folder of the photos>");
    expect(said).toContainEqual(expect.stringMatching(/^\[2\/\d\] Ask the remote database which backbone taught it/));
    expect(await calls()).not.toContain("d1 migrations apply headstart");
    expect((await rack.ensure()).id).toBe(NEW_ID);
    await useBackbone("headstart-a", places);
    await run();
    expect((await calls()).at(-1)).toBe("deploy");
  });

  it("puts their backbone in place where a fresh checkout has none", async () => {
    const { run, rack, said } = await deployOver({ labels: OLD_ID });
    await run();
    expect((await rack.ensure()).name).toBe("headstart-a");
    expect(said).toContain("  No backbone was in place: put headstart-a there, which the labels belong to.");
  });

  it("goes on with a second backbone that is ready, and not with one that is only being prepared", async () => {
    const ready = await deployOver({ labels: OLD_ID, second: { id: NEW_ID, readyAt: 2 } });
    await useBackbone("headstart-b", ready.places);
    await ready.run();
    expect((await ready.calls()).at(-1)).toBe("deploy");
    const begun = await deployOver({ labels: "f".repeat(64), second: { id: NEW_ID, readyAt: null } });
    const words = await begun.run().then(() => "deployed", String);
    expect(words).toContain("was taught with former, but headstart-b would be deployed");
    expect(words).toContain("  npm run backbone -- use former\n"); // which is not here: the name alone may lead nowhere
    expect(words).toContain(`npm run backbone -- use https://<address>/backbone/${"f".repeat(64)}.onnx`);
  });

  it("says the beginning of an id that nobody has a name for, in a database of an earlier version too", async () => {
    const unknown = await deployOver({ labels: "f".repeat(64), last: BEFORE_SECOND_SLOT });
    const words = await unknown.run().then(() => "deployed", String);
    expect(words).toContain(
      "was taught with a backbone that is not in this checkout (its id begins with ffffffffffff)",
    );
    expect(words).toContain("use <the file or name of ffffffffffff>");
    expect(words).toContain("in models/made/ of the checkout that made it");
    expect(words).toContain(`npm run backbone -- use https://<address>/backbone/${"f".repeat(64)}.onnx`);
  });

  it("finds one in eight bits that was made here, and puts it in place where none is", async () => {
    const made = makeTinyBackbone({ input: ["N", 3, 64, 64] });
    const { rack, places, said, run } = await deployOver({ labels: sha256Of(made) });
    await useBackbone("headstart-b", places);
    const { manifest } = await useBackbone("headstart-a", {
      ...places,
      activeDir: path.join(places.modelsDir, "draft"),
    });
    const quantisation = { of: manifest.id, weightBits: 8, activationBits: 7, photos: 9, cosine: 0.999 };
    const whole = { ...manifest, id: sha256Of(made), name: "headstart-a-int8", bytes: made.length, quantisation };
    const input = { ...whole.input, height: 64, width: 64 };
    const placed = await placeBackbone(path.join(places.modelsDir, "draft"), made, { ...whole, input });
    const name = await keepMade(placed, places);
    expect(name).toBe(`headstart-a-int8-${sha256Of(made).slice(0, 8)}`);
    await expect(run()).rejects.toThrow(`npm run backbone -- use ${name}`);
    await rm(places.activeDir, { recursive: true });
    await run();
    expect(await findPlacedBackbone(places.activeDir)).toMatchObject({
      manifest: { id: sha256Of(made), quantisation },
    });
    expect((await rack.ensure()).id).toBe(sha256Of(made));
    expect(said).toContain("  No backbone was in place: put headstart-a-int8 there, which the labels belong to.");
  });

  it("finds its name among the files that checkouts share", async () => {
    const other = makeTinyBackbone({ input: ["N", 3, 48, 48] });
    const { run, places } = await deployOver({ labels: sha256Of(other) });
    await writeFiles(places.sharedBackbonesDir, { "borrowed.onnx": other });
    await expect(run()).rejects.toThrow("npm run backbone -- use borrowed");
  });

  it("has nothing to guard where nothing is labelled", async () => {
    const { run, rack } = await deployOver({});
    await run();
    expect((await rack.ensure()).id).toBe(NEW_ID);
  });

  it("stops with wrangler's words where the database cannot be asked", async () => {
    const databases = [{ name: "headstart", uuid: "uuid" }];
    const { run, readAccount } = await makeDeployment({ databases, fail: "d1 execute" });
    await expect(run()).rejects.toThrow(/cannot be asked which backbone taught it .*\n.*the network is down/s);
    expect((await readAccount()).calls.at(-1)).toMatch(/^d1 execute/);
  });

  it("guards a deployment that reads texts alike", async () => {
    const [folder, dir] = [await makeTempFolder(), path.join(await makeTempFolder(), "active-text")];
    const { manifest } = await useThreeLanguages(path.join(folder, "made"));
    const databases = [{ name: "headstart-text", uuid: "uuid" }];
    const stored = await makeStored({ labels: manifest.id });
    const { run } = await makeDeployment({ databases, stored }, TOML + TEXT_ENVIRONMENT);
    const backbones = textRack(dir);
    await run({ environment: "text", backbones });
    expect((await backbones.ensure()).id).toBe(manifest.id);
  });
});
