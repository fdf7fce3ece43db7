/** Every subcommand of `headstart`, as a process of its own, against the real Worker: what it prints and what it ends with. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { makePhoto } from "../support/photos.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const WRONG_KEY = `hs_${"0".repeat(16)}_${"A".repeat(43)}`;

let folder: string;
let server: DevServer;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "headstart-test-"));
  server = await startServer({ dataDir: path.join(folder, "state"), quiet: true });
  env = { HEADSTART_URL: server.url, HEADSTART_KEY: server.adminToken };
  for (const [name, kind] of [
    ["hawaiian", "hawaiian"],
    ["pepperoni", "pepperoni"],
    ["four_cheese", "four_cheese"],
  ] as const) {
    const photos = [1, 2, 3, 4, 5].map((seed) => [`${name}/${seed}.png`, makePhoto(kind, seed)]);
    await writeFiles(path.join(folder, "photos"), Object.fromEntries(photos));
  }
  await writeFile(path.join(folder, "asked.png"), makePhoto("hawaiian", 99));
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs with --json, and gives back what is on stdout: JSON and nothing else. */
async function json(...args: string[]) {
  const { code, stdout, stderr } = await runHeadstart([...args, "--json"], { env });
  try {
    return { code, answer: JSON.parse(stdout) };
  } catch {
    throw new Error(`${args.join(" ")} printed no JSON: ${stdout}${stderr}`);
  }
}

// The steps build on each other, as a pizzeria's do.
describe("a menu from the command line", () => {
  it("says that there is no head yet, and what to do", async () => {
    const run = await runHeadstart(["classify", path.join(folder, "asked.png")], { env });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(/head|items/i);
    expect(run.stderr).toMatch(/\(request [\w-]+\)/);
  });

  it("is taught by import, which says what it left out by its exit code", async () => {
    const photos = path.join(folder, "photos");
    const dry = await json("import", photos, "--dry-run");
    expect(dry).toMatchObject({ code: 0, answer: { isDry: true, classes: [{ stored: 5, created: true }, {}, {}] } });
    expect(await json("import", photos)).toMatchObject({ code: 0, answer: { classes: { length: 3 } } });
    await writeFile(path.join(photos, "hawaiian/broken.jpg"), "no photo");
    const { code, answer } = await json("import", photos);
    expect(code).toBe(5);
    expect(answer.classes.map((item: { alreadyThere: number }) => item.alreadyThere)).toEqual([5, 5, 5]);
    await rm(path.join(photos, "hawaiian/broken.jpg"));
  });

  it("leaves what people have decided since, but for --overwrite, which asks", async () => {
    const photos = path.join(folder, "photos");
    const photo = createHash("sha256").update(makePhoto("pepperoni", 1)).digest("hex");
    const headers = { authorization: `Bearer ${server.adminToken}`, "content-type": "application/json" };
    const relabel = { method: "PATCH", headers, body: JSON.stringify({ label: "hawaiian" }) };
    expect((await fetch(`${server.url}/v1/admin/examples/${photo}`, relabel)).status).toBe(200);
    const kept = expect.stringMatching(/Kept as people decided.*\n +pepperoni\/1\.png: is hawaiian now/);
    expect(await runHeadstart(["import", photos], { env })).toMatchObject({ code: 0, stdout: kept });
    const unsure = await runHeadstart(["import", photos, "--overwrite"], { env });
    expect(unsure).toMatchObject({ code: 2 });
    expect(unsure.stderr).toContain("1 photo has another label now, 0 photos have been forgotten");
    const { code, answer } = await json("import", photos, "--overwrite", "--yes");
    expect([code, answer.classes.map((item: { relabelled: number }) => item.relabelled)]).toEqual([0, [0, 0, 1]]);
    await writeFile(path.join(folder, "empty.csv"), "path,label\n");
    expect(await runHeadstart(["import", path.join(folder, "empty.csv")], { env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There are no photos in"),
    });
  });

  it("learns with train, which is idle the second time", async () => {
    expect(await json("train")).toMatchObject({ code: 0, answer: { outcome: "published", remaining: 0 } });
    expect(await json("train")).toMatchObject({ code: 0, answer: { outcome: "idle" } });
  });

  it("answers with classify: as a table, as JSON, and by what was expected", async () => {
    const asked = path.join(folder, "asked.png");
    const table = await runHeadstart(["classify", asked], { env });
    expect(table.stdout).toMatch(/^FILE +ANSWER +SCORE +OTHERWISE\n.*asked\.png/);
    const { code, answer } = await json("classify", asked, path.join(folder, "missing.png"), "--top", "1");
    expect(code).toBe(5);
    expect(answer.results[0].answer.predictions).toHaveLength(1);
    expect(answer.results[0].answer.predictions[0].label).toBe("hawaiian");
    expect(answer.results[1].problem).toContain("there is nothing at");
    expect((await json("classify", asked, "--expect", "pepperoni")).code).toBe(1);
    expect((await json("classify", path.join(folder, "missing.png"))).code).toBe(1);
  });

  it("names the photos behind an answer", async () => {
    const asked = path.join(folder, "asked.png");
    const { stdout } = await runHeadstart(["classify", asked, "--explain", "8"], { env });
    expect(stdout).toMatch(/why hawaiian rather than (pepperoni|four-cheese)\nSPEAKS +PHOTO +LABEL +FROM +LABELLED\n/);
    expect(stdout).toMatch(/^for \d\.\d{3} +[0-9a-f]{12} +hawaiian +import +\d{4}-\d\d-\d\d$/m);
    const { answer } = await json("classify", asked, "--explain", "2");
    expect(answer.results[0].answer.explanation.for).toHaveLength(2);
  });

  it("is changed with classes", async () => {
    expect(await json("classes", "add", "Margherita Extra")).toMatchObject({
      code: 0,
      answer: { id: "margherita-extra" },
    });
    expect((await runHeadstart(["classes", "add", "Margherita Extra"], { env })).code).toBe(1);
    expect((await json("classes", "rename", "margherita-extra", "Margherita")).answer.name).toBe("Margherita");
    expect((await json("classes", "archive", "margherita-extra")).answer.archived).toBe(true);
    expect((await json("classes", "restore", "margherita-extra")).answer.archived).toBe(false);
    expect((await json("classes", "aliases", "margherita-extra", "Regina", "Queen")).answer.aliases).toHaveLength(2);
    const { ids } = (await json("classes", "order", "pepperoni", "margherita-extra")).answer;
    expect(ids).toEqual(["pepperoni", "margherita-extra", ...ids.slice(2)]);
    expect(ids).toHaveLength(4);
    await json("classes", "add", "Margarita");
    expect((await json("classes", "merge", "margarita", "margherita-extra", "--yes")).code).toBe(0);
    const unsure = await runHeadstart(["classes", "delete", "margherita-extra"], { env });
    expect(unsure).toMatchObject({ code: 2, stdout: "" });
    expect((await json("classes", "delete", "margherita-extra", "--yes")).answer.deleted).toBe("margherita-extra");
    const { answer } = await json("classes", "list");
    const named = answer.classes.filter((item: { id: string }) => item.id === "margherita-extra");
    expect(named).toEqual([]);
    expect((await runHeadstart(["classes", "list"], { env })).stdout).toMatch(/hawaiian +hawaiian +5 +active/);
  });

  it("is corrected by guests and reviewed: list, accept, relabel, reject", async () => {
    for (const [seed, label] of [
      [201, "hawaiian"],
      [202, "pepperoni"],
      [203, "pepperoni"],
    ] as const) {
      const form = new FormData();
      form.append("image", new File([makePhoto("hawaiian", seed)], "guest.png", { type: "image/png" }));
      form.append("label", label);
      const sent = await fetch(`${server.url}/v1/labels`, { method: "POST", body: form });
      expect(sent.status, await sent.text()).toBe(201);
    }
    const waiting = (await json("review", "list")).answer;
    expect(waiting.pending).toBe(3);
    const photoOf = (label: string): string =>
      waiting.groups
        .flatMap((group: { members: { photo: string; label: string }[] }) => group.members)
        .find((member: { label: string }) => member.label === label).photo;
    expect((await runHeadstart(["review", "accept", "zzz"], { env })).code).toBe(2);
    expect((await runHeadstart(["review", "next"], { env })).code).toBe(2);
    expect((await json("review", "accept", photoOf("hawaiian").slice(0, 12), "hawaiian")).code).toBe(0);
    const left = (await json("review", "list")).answer;
    for (const [i, group] of left.groups.entries()) {
      const args = i === 0 ? ["relabel", group.photo, "four cheese"] : ["reject", group.photo];
      expect((await json("review", ...args)).code).toBe(0);
    }
    expect((await json("review", "list")).answer.pending).toBe(0);
  });

  it("skips a correction, and takes a decision back by the name that deciding printed", async () => {
    const form = new FormData();
    form.append("image", new File([makePhoto("hawaiian", 204)], "guest.png", { type: "image/png" }));
    form.append("label", "hawaiian");
    expect((await fetch(`${server.url}/v1/labels`, { method: "POST", body: form })).status).toBe(201);
    const { photo } = (await json("review", "list")).answer.groups[0];
    expect((await json("review", "skip", photo)).answer).toEqual({ skipped: 1 });
    expect((await json("review", "list")).answer.groups[0].skippedAt).toEqual(expect.any(String));

    const decided = await runHeadstart(["review", "reject", photo], { env });
    expect(decided.code).toBe(0);
    const name = decided.stdout.match(/headstart review undo (\S+)/)?.[1] ?? "";
    expect(name).toBe(`${photo}/hawaiian`);
    expect((await json("review", "list")).answer.pending).toBe(0);
    expect((await runHeadstart(["review", "undo", name], { env })).stdout).toBe("Taken back: 1.\n");
    expect((await json("review", "list")).answer.pending).toBe(1);
    const again = await runHeadstart(["review", "undo", name], { env });
    expect([again.code, again.stdout]).toEqual([1, expect.stringContaining("There is no decision")]);
    expect((await runHeadstart(["review", "undo", photo], { env })).code).toBe(2);
    expect((await json("review", "reject", photo)).code).toBe(0);
  });

  it("has versions: list, show, compare, activate, hold, release, pin", async () => {
    await json("train");
    const { answer } = await json("heads", "list");
    const versions: number[] = answer.heads.map((head: { version: number }) => head.version);
    const [newest, older] = [String(versions[0]), String(versions.at(-1))];
    expect(newest).not.toBe(older);
    expect((await runHeadstart(["heads", "list"], { env })).stdout).toMatch(/^VERSION +MADE/);
    expect((await json("heads", "show", newest)).answer.details.perClass.length).toBeGreaterThan(1);
    expect((await runHeadstart(["heads", "show", newest], { env })).stdout).toContain("PRECISION");
    expect((await json("heads", "compare", older, newest)).answer).toMatchObject({ from: Number(older) });
    expect((await json("heads", "pin", newest)).answer.pinned).toBe(true);
    expect((await json("heads", "unpin", newest)).answer.pinned).toBe(false);
    expect((await json("heads", "activate", newest, "--hold")).answer).toMatchObject({ held: true });
    expect((await json("heads", "release")).answer).toMatchObject({ held: false, liveVersion: Number(newest) });
    expect((await json("heads", "hold")).answer.held).toBe(true);
    expect((await json("heads", "release")).answer.held).toBe(false);
    expect((await runHeadstart(["heads", "show", "9999"], { env })).code).toBe(1);
    expect((await runHeadstart(["heads", "show", "one"], { env })).code).toBe(2);
  });

  it("is guarded by keys: make, list, rotate, revoke; each role is told what it may not", async () => {
    const made = await runHeadstart(["keys", "make", "till", "--role", "classify", "--days", "1"], { env });
    expect(made.code).toBe(0);
    const secret = made.stdout.trim();
    expect(secret).toMatch(/^hs_/);
    expect(made.stderr).not.toContain(secret);
    const asTill = { HEADSTART_URL: server.url, HEADSTART_KEY: secret };
    expect((await runHeadstart(["classify", path.join(folder, "asked.png")], { env: asTill })).code).toBe(0);
    const unseen = await runHeadstart(["classify", path.join(folder, "asked.png"), "--explain", "2"], { env: asTill });
    expect(unseen).toMatchObject({ code: 4, stdout: "" });
    expect(unseen.stderr).toContain("needs the role review");
    const refused = await runHeadstart(["classes", "add", "x"], { env: asTill });
    expect(refused).toMatchObject({ code: 4, stdout: "" });
    expect(refused.stderr).not.toContain(secret);
    const { answer } = await json("keys", "list");
    expect(JSON.stringify(answer)).not.toContain(secret);
    const { id } = answer.keys.find((key: { name: string }) => key.name === "till");
    expect((await json("keys", "rotate", id)).answer.secret).not.toBe(secret);
    expect((await runHeadstart(["whoami"], { env: asTill })).code).toBe(4);
    expect((await json("keys", "revoke", id, "--yes")).answer.revoked).toBe(id);
    expect((await runHeadstart(["keys", "make", "x", "--role", "king"], { env })).code).toBe(2);
  });

  it("logs in only with a key that works, keeps it to its owner, and never prints it", async () => {
    const home = await makeTempFolder();
    const alone = { XDG_CONFIG_HOME: home };
    const wrong = await runHeadstart(["login", server.url, "--key-stdin"], { env: alone, input: WRONG_KEY });
    expect(wrong.code).toBe(4);
    await expect(stat(path.join(home, "headstart"))).rejects.toThrow("ENOENT");
    const input = `${server.adminToken}\n`;
    const login = await runHeadstart(["login", server.url, "--name", "shop", "--key-stdin"], { env: alone, input });
    expect(login.code, login.stderr).toBe(0);
    const file = path.join(home, "headstart/logins.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const who = await runHeadstart(["whoami", "--json"], { env: alone });
    expect(JSON.parse(who.stdout)).toMatchObject({ url: server.url, role: "admin" });
    expect(login.stdout + login.stderr + who.stdout + who.stderr).not.toContain(server.adminToken);
    expect((await runHeadstart(["classes", "list", "--on", "shop"], { env: alone })).code).toBe(0);
    expect((await runHeadstart(["classes", "list", "--on", "other"], { env: alone })).code).toBe(2);
    const overruled = { ...alone, HEADSTART_KEY: WRONG_KEY };
    expect((await runHeadstart(["classes", "list"], { env: overruled })).code).toBe(4);
    expect((await runHeadstart(["logout"], { env: alone })).code).toBe(0);
    expect(await readFile(file, "utf8")).not.toContain(server.adminToken);
  });

  it("is saved and put back by export and restore", async () => {
    const file = path.join(folder, "backup.ndjson");
    expect(await json("export", file)).toMatchObject({ code: 0, answer: { file } });
    const { code, answer } = await json("restore", file, "--merge");
    expect([code, answer.mode, answer.counts.refused]).toEqual([0, "merge", 0]);
    expect((await runHeadstart(["restore", path.join(folder, "asked.png")], { env })).code).toBe(1);
  });

  it("is looked over by the doctor", async () => {
    const { code, answer } = await json("doctor");
    expect(answer.findings.filter((found: { status: string }) => found.status === "fail")).toEqual([]);
    expect(code).toBe(0);
    const checks = answer.findings.map((found: { check: string }) => found.check);
    for (const check of [
      "node",
      "backbone",
      "bindings",
      "variables",
      "migrations",
      "deployment",
      "clock",
      "ready",
      "key",
      "guests",
      "limits",
      "keys",
    ]) {
      expect(checks).toContain(check);
    }
    for (const { check, status } of answer.findings)
      if (/ready|guests|limits/.test(check)) expect(status, check).toBe("ok");
    expect((await runHeadstart(["doctor", "--url", "http://127.0.0.1:9", "--json"], { env })).code).toBe(1);
    const wrongKey = await runHeadstart(["doctor"], { env: { ...env, HEADSTART_KEY: WRONG_KEY } });
    expect(wrongKey.code).toBe(1);
    expect(wrongKey.stdout).toMatch(/fail +key .*\n +-> `headstart login/);
  });

  it("warns of a key on the command line, and does not repeat it", async () => {
    const run = await runHeadstart(["classes", "list", "--url", server.url, "--key", server.adminToken, "--json"]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("--key is visible");
    expect(run.stdout + run.stderr).not.toContain(server.adminToken);
  });
});
