/**
 * Every file of the shared set of odd, broken and hostile images, sent to the real dev server one after another. Prints the
 * table of what was expected and what came. Afterwards the server must classify as it did before.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { type Classification, classify, request, teach, trainByCron } from "../support/live-menu.ts";
import {
  type LabelledPhoto,
  MISSING_SHARED_DATA,
  readBytes,
  readPhotoSet,
  SHARED_DIR,
} from "../support/shared-data.ts";
import { type Expectation, expectedOf } from "./tricky-expectations.ts";

const FOLDER = path.join(SHARED_DIR, "data/tricky-images");
const MAX_MS = 2_000;

interface Row {
  readonly file: string;
  readonly expected: Expectation;
  readonly status: number;
  readonly got: string;
  readonly label: string | undefined;
  readonly ms: number;
}

describe.skipIf(MISSING_SHARED_DATA !== undefined)("odd, broken and hostile images", () => {
  let server: DevServer;
  let folder: string;
  let probes: LabelledPhoto[];
  let before: readonly Classification[];
  const rows: Row[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-tricky-"));
    server = await startDevServer({ dataDir: folder, quiet: true });
    await teach(server, await readPhotoSet("pizza-menu", "train", 10));
    probes = await readPhotoSet("pizza-menu", "test", 2);
    await trainByCron(server, probes[0]);
    before = await Promise.all(probes.map(({ bytes }) => classify(server, bytes)));
    for (const file of await listFiles()) {
      rows.push(await send(server, file));
    }
  });

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("are each answered as expected, in two seconds at most", () => {
    console.log(describeRows(rows));
    expect(rows.length).toBeGreaterThan(300);
    const wrong = rows.filter(
      ({ expected, status }) => expected !== "either" && (status === 200) !== (expected === "accept"),
    );
    expect(wrong).toEqual([]);
    expect(rows.filter(({ status }) => status !== 200 && (status < 400 || status > 499))).toEqual([]);
    expect(rows.filter(({ ms }) => ms > MAX_MS)).toEqual([]);
  });

  it("get the same label whichever way they are stored, when upright they are the same", () => {
    const groups = [/Landscape_\d/, /Portrait_\d/, /hopper_orientation_\d/, /made\/orient\d\.jpg/];
    for (const group of groups) {
      const labels = rows.filter(({ file }) => group.test(file)).map(({ label }) => label);
      expect(labels.length, String(group)).toBeGreaterThanOrEqual(3);
      expect(new Set(labels).size, String(group)).toBe(1);
    }
  });

  it("leave the server as it was", async () => {
    const after = await Promise.all(probes.map(({ bytes }) => classify(server, bytes)));
    expect(after.map(({ predictions }) => predictions)).toEqual(before.map(({ predictions }) => predictions));
  });

  async function send(to: DevServer, file: string): Promise<Row> {
    const body = await readBytes(path.join(FOLDER, file));
    const start = performance.now();
    const answer = await request(to, "/v1/classify", {
      method: "POST",
      body,
      headers: { "content-type": "image/jpeg" },
    });
    const ms = performance.now() - start;
    const [first] = (answer.body.predictions ?? []) as Classification["predictions"];
    const got =
      first === undefined ? `${answer.body.code}: ${answer.body.detail}` : `${first.label} ${first.score.toFixed(2)}`;
    return { file, expected: expectedOf(file), status: answer.status, got, label: first?.label, ms };
  }
});

async function listFiles(): Promise<string[]> {
  const folders = ["exif-orientation", "pillow", "pngsuite", "made"];
  const lists = folders.map(async (name) =>
    (await readdir(path.join(FOLDER, name))).sort().map((file) => `${name}/${file}`),
  );
  return (await Promise.all(lists)).flat().filter((file) => !/README|LICENSE/i.test(file));
}

function describeRows(rows: readonly Row[]): string {
  const lines = rows.map(({ file, expected, status, got, ms }) =>
    [file.padEnd(52), expected.padEnd(7), String(status), ms.toFixed(0).padStart(5), got.slice(0, 90)].join(" "),
  );
  return ["file".padEnd(52), ...lines].join("\n");
}
