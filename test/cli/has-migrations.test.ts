/** What the file of a stopped server's database says: whether it has all migrations, and which rows. */
import { mkdir, utimes } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { findDatabaseFile, localRows } from "../../cli/dev/local-database.ts";
import { hasMigrations } from "../../cli/dev/migrate.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const FOLDER = "v3/d1/miniflare-D1DatabaseObject";
const WANTED = ["0001_a.sql", "0002_b.sql"].map((name) => ({ name, statements: [] }));

/** A folder of data with one file for each database, which has these migrations. */
async function makeData(databases: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const dataDir = await makeTempFolder();
  await mkdir(path.join(dataDir, FOLDER), { recursive: true });
  for (const [name, applied] of Object.entries(databases)) {
    using db = new DatabaseSync(path.join(dataDir, FOLDER, `${name}.sqlite`));
    db.exec("CREATE TABLE d1_migrations (name TEXT UNIQUE)");
    for (const migration of applied) db.prepare("INSERT INTO d1_migrations VALUES (?)").run(migration);
  }
  return dataDir;
}

describe("a database has all migrations", () => {
  it("when its file lists them, and those of a newer version too", async () => {
    expect(hasMigrations(await makeData({ metadata: [], one: ["0001_a.sql", "0002_b.sql"] }), WANTED)).toBe(true);
    expect(hasMigrations(await makeData({ one: ["0001_a.sql", "0002_b.sql", "0003_c.sql"] }), WANTED)).toBe(true);
  });

  it("not when one is missing, nor when there is no file, or one that is none", async () => {
    expect(hasMigrations(await makeData({ one: ["0001_a.sql"] }), WANTED)).toBe(false);
    expect(hasMigrations(await makeTempFolder(), WANTED)).toBe(false);
    const broken = await makeTempFolder();
    await writeFiles(broken, { [`${FOLDER}/one.sqlite`]: "no database" });
    expect(hasMigrations(broken, WANTED)).toBe(false);
  });

  it("not as long as somebody else has it locked", async () => {
    const dataDir = await makeData({ one: ["0001_a.sql", "0002_b.sql"] });
    using db = new DatabaseSync(path.join(dataDir, FOLDER, "one.sqlite"));
    db.exec("BEGIN EXCLUSIVE");
    expect(hasMigrations(dataDir, WANTED)).toBe(false);
    db.exec("ROLLBACK");
    expect(hasMigrations(dataDir, WANTED)).toBe(true);
  });

  it("not when there are two, of which only the server knows the one in use", async () => {
    const all = ["0001_a.sql", "0002_b.sql"];
    expect(hasMigrations(await makeData({ former: all, present: [] }), WANTED)).toBe(false);
    expect(hasMigrations(await makeData({ former: [], present: all }), WANTED)).toBe(false);
  });
});

describe("the rows of a stopped server", () => {
  it("are those of its only database, and none where no server has run", async () => {
    const dataDir = await makeData({ metadata: [], one: ["0001_a.sql"] });
    expect(await localRows(dataDir)("SELECT name FROM d1_migrations")).toEqual([{ name: "0001_a.sql" }]);
    const unused = await makeTempFolder();
    expect(findDatabaseFile(unused)).toBeUndefined();
    expect(await localRows(unused)("SELECT name FROM d1_migrations")).toEqual([]);
  });

  it("are refused where there are two databases, with the folder and the one that was written last", async () => {
    const dataDir = await makeData({ metadata: [], former: ["0001_a.sql"], present: ["0001_a.sql"] });
    await utimes(path.join(dataDir, FOLDER, "former.sqlite"), 1_000, 1_000);
    await expect(localRows(dataDir)("SELECT name FROM d1_migrations")).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(/^There are 2 databases in .* present\.sqlite was written last\.$/s),
    });
    expect(() => findDatabaseFile(dataDir)).toThrow(path.join(dataDir, FOLDER));
  });
});
