/**
 * The real dev server, killed with SIGKILL at random moments of a training run, workerd and the process that runs it at once, and started
 * again on the same data. `HEADSTART_KILLS` says how often; two servers share the kills, one per core.
 */
import type { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { jsonBody, request } from "../support/live-menu.ts";
import { openLocalDatabase, readTruth, type StoredTruth, writeLabels } from "../support/local-database.ts";
import { createRandom, type Random } from "../support/random.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const KILLS = Number(process.env.HEADSTART_KILLS ?? 50);
const LANES = 2;
const MENU = ["pepperoni", "hawaiian", "four-cheese"];
const NEW_LABELS = 150;
/** Every so many rounds the run is asked for a rebuild. */
const REBUILD_EVERY = 4;
/** Kills fall up to this share of an undisturbed run's duration after its start; on a busy machine runs take longer. */
const LATEST_KILL = 1.3;
/** Sums of a few thousand unit vectors in float32. */
const ROUNDING = 1e-4;

/** What happened to the runs that were to be killed. */
interface Tally {
  /** Died with nothing written, with labels absorbed or a rebuild done but no head yet, with the head published. */
  unchanged: number;
  absorbed: number;
  published: number;
  /** Had answered already. */
  finished: number;
}

class Lane {
  readonly expected = new Map<string, string>();
  readonly tally: Tally = { unchanged: 0, absorbed: 0, published: 0, finished: 0 };
  readonly random: Random;
  private backbone = { id: "", dimension: 0 };
  private runMs = 0;
  private readonly dataDir: string;

  constructor(dataDir: string, seed: string) {
    this.dataDir = dataDir;
    this.random = createRandom(seed);
  }

  /** A server on this lane's data. A dead run's lease lasts a second, less than a start takes. */
  async start(): Promise<DevServer> {
    return startDevServer({ dataDir: this.dataDir, quiet: true, vars: { TRAINING_LEASE_SECONDS: "1" } });
  }

  withDatabase<T>(use: (db: DatabaseSync) => T): T {
    const db = openLocalDatabase(this.dataDir);
    try {
      return use(db);
    } finally {
      db.close();
    }
  }

  /** Makes the menu, and measures a run of a server that has just been started. */
  async prepare(): Promise<void> {
    const first = await this.start();
    const { body } = await request(first, "/v1/admin/overview", {}, true);
    this.backbone = body.backbone as { id: string; dimension: number }; // -- the routes' own tests hold this shape
    for (const id of MENU) await request(first, "/v1/admin/classes", jsonBody({ name: id, id }), true);
    await first.stop();
    this.writeWork();
    const second = await this.start();
    const startedAt = performance.now();
    expect(await train(second)).toMatchObject({ outcome: "published" });
    this.runMs = performance.now() - startedAt;
    await second.stop();
  }

  /** Gives the next run something to add, to move and to forget. */
  writeWork(): void {
    this.withDatabase((db) => {
      const known = [...this.expected.keys()];
      const pick = () => known[Math.floor(this.random() * known.length)];
      db.exec("BEGIN");
      for (const [kind, classId] of MENU.entries()) {
        const batch = { classId, kind, count: NEW_LABELS / MENU.length, ...this.describeBackbone() };
        for (const photo of writeLabels(db, batch, this.random)) this.expected.set(photo, classId);
      }
      for (let i = 0; i < 10 && known.length > 0; i++) {
        const [moved, forgotten, to] = [pick(), pick(), MENU[Math.floor(this.random() * MENU.length)]];
        db.prepare("UPDATE examples SET class_id = ? WHERE sample_id = ? AND class_id IS NOT NULL").run(to, moved);
        if (this.expected.has(moved)) this.expected.set(moved, to);
        db.prepare("UPDATE examples SET class_id = NULL, contributor = '' WHERE sample_id = ?").run(forgotten);
        this.expected.delete(forgotten);
      }
      db.exec("COMMIT");
    });
  }

  /** One kill: work, a server, a run, a random moment, SIGKILL; then whether anything was lost or doubled. */
  async killOnce(round: number): Promise<void> {
    this.writeWork();
    const before = this.check();
    const server = await this.start();
    let isFinished = false;
    const run = train(server, round % REBUILD_EVERY === 0).then(
      () => {
        isFinished = true;
      },
      () => undefined, // -- the connection died with the server
    );
    await sleep(this.random() * LATEST_KILL * this.runMs);
    const hasFinished = isFinished;
    await server.kill();
    await run;
    const after = this.check();
    if (hasFinished) this.tally.finished++;
    else if (after.headVersion !== before.headVersion) this.tally.published++;
    else if (after.statisticsVersion !== before.statisticsVersion) this.tally.absorbed++;
    else this.tally.unchanged++;
  }

  /** Every label is there once, as it was given, and the statistics hold exactly what the markers say. */
  check(): StoredTruth {
    const truth = this.withDatabase((db) => readTruth(db, this.backbone.dimension));
    expect(truth.difference).toBeLessThan(ROUNDING);
    expect(new Map(truth.labels)).toEqual(this.expected);
    expect(truth.labels).toHaveLength(this.expected.size);
    return truth;
  }

  /** After the last kill the next runs finish the work, and a rebuild finds nothing but rounding. */
  async finish(): Promise<void> {
    const server = await this.start();
    for (let outcome: unknown; outcome !== "idle"; ) {
      outcome = (await train(server)).outcome;
      expect(outcome).not.toBe("failed");
    }
    const { message } = await train(server, true);
    await server.stop();
    const difference = /largest difference ([\d.]+e[+-]\d+)/.exec(String(message))?.[1];
    expect(Number(difference)).toBeLessThan(ROUNDING);
    const { pending, isRebuilding, headVersion } = this.check();
    expect({ pending, isRebuilding }).toEqual({ pending: 0, isRebuilding: false });
    expect(headVersion).toBeGreaterThan(1);
  }

  private describeBackbone() {
    return { backboneId: this.backbone.id, dimension: this.backbone.dimension };
  }
}

async function train(server: DevServer, rebuild = false): Promise<Record<string, unknown>> {
  return (await request(server, "/v1/admin/training-runs", jsonBody({ rebuild }), true)).body;
}

it(`loses and doubles nothing when the dev server is killed ${KILLS} times while it trains`, async () => {
  const lanes = await Promise.all(
    Array.from({ length: LANES }, async (_, i) => new Lane(await makeTempFolder(), `lane ${i}`)),
  );
  await Promise.all(
    lanes.map(async (lane) => {
      await lane.prepare();
      for (let round = 1; round <= KILLS / LANES; round++) await lane.killOnce(round);
      await lane.finish();
    }),
  );
  for (const { tally, expected } of lanes) console.log(JSON.stringify({ ...tally, examples: expected.size }));
  // A kill that comes too early or too late proves nothing: some of them must have met a run at work.
  const interrupted = lanes.map(({ tally }) => tally.unchanged + tally.absorbed + tally.published);
  expect(Math.min(...interrupted)).toBeGreaterThan(0);
});
