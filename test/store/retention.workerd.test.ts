import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { ANSWER_MS, dropOutdatedAnswers } from "../../src/store/access/repeatable-answers.ts";
import { openDatabase } from "../../src/store/database.ts";
import { loadHead, readLivePointer } from "../../src/store/heads/heads.ts";
import { activateHead, pinHead } from "../../src/store/heads/publish-head.ts";
import { forgetClass } from "../../src/store/labels/forget.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { cutBack, RETENTION_DAYS } from "../../src/store/retention.ts";
import { runTraining } from "../../src/training/run.ts";
import { BACKBONE_ID, makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const DAY_MS = 86_400_000;
const NOTHING = {
  heads: 0,
  previews: 0,
  decisions: 0,
  reviews: 0,
  trainingRuns: 0,
  auditEntries: 0,
  suggestions: 0,
  forgottenSamples: 0,
  classes: 0,
  miscounted: [],
};

async function learn(seed: number) {
  await labelSamples(db, "a", makeEmbeddedPhotos(0, 3, seed), "admin", NOW);
  await labelSamples(db, "b", makeEmbeddedPhotos(1, 3, seed), "admin", NOW);
  return runTraining(trainingContext(db), { trigger: "cron" });
}

describe("the nightly job", () => {
  beforeEach(async () => {
    await resetDatabase();
    await createClass(db, { id: "a", name: "A", description: "" }, "admin", NOW);
    await createClass(db, { id: "b", name: "B", description: "" }, "admin", NOW + 1);
  });

  it("keeps the newest heads, the live one and the pinned ones, and of the others only their record", async () => {
    for (let seed = 0; seed < 6; seed++) await learn(seed);
    await activateHead(db, 1, { backboneId: BACKBONE_ID, hold: false, actor: "admin", now: NOW });
    await pinHead(db, 2, true, "admin", NOW);
    expect(await cutBack(db, 2, NOW)).toEqual({ ...NOTHING, heads: 2 });
    const kept = await Promise.all([1, 2, 3, 4, 5, 6].map(async (version) => (await loadHead(db, version)).ok));
    expect(kept).toEqual([true, true, false, false, true, true]);
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 1 });
    expect(await cutBack(db, 2, NOW)).toEqual(NOTHING);
  });

  it("drops previews, decided corrections, runs and audit entries when their time has come, and not before", async () => {
    await learn(1);
    const days = (count: number) => NOW - count * DAY_MS;
    const insert = env.DB.prepare(`INSERT INTO reviews
      (sample_id, class_id, contributor, backbone_id, preview, origin, usefulness, status, created_at, decided_at)
      VALUES (?, 'a', 'g', 'b', ?, 'server', 0, ?, ?, ?)`);
    const { preview, decidedReview, trainingRun, auditEntry, suggestion } = RETENTION_DAYS;
    const wish = env.DB.prepare("INSERT INTO suggestions VALUES ('id', ?, 'Diavola', ?)");
    await env.DB.batch([
      insert.bind("old picture", "data:", "pending", days(preview) - 1, null),
      insert.bind("new picture", "data:", "pending", days(preview), null),
      insert.bind("old decision", null, "accepted", 0, days(decidedReview) - 1),
      insert.bind("new decision", null, "rejected", 0, days(decidedReview)),
      env.DB.prepare("UPDATE training_runs SET started_at = ?").bind(days(trainingRun) - 1),
      env.DB.prepare("INSERT INTO audit_log (at, actor, action, detail) VALUES (?, 'admin', 'a.b', '{}')").bind(
        days(auditEntry) - 1,
      ),
      wish.bind("old", days(suggestion) - 1),
      wish.bind("new", days(suggestion)),
    ]);
    expect(await cutBack(db, 20, NOW)).toEqual({
      ...NOTHING,
      previews: 1,
      reviews: 1,
      trainingRuns: 1,
      auditEntries: 1,
      suggestions: 1,
    });
    const { results } = await env.DB.prepare("SELECT sample_id, preview FROM reviews ORDER BY sample_id").all();
    expect(results).toEqual([
      { sample_id: "new decision", preview: null },
      { sample_id: "new picture", preview: "data:" },
      { sample_id: "old picture", preview: null },
    ]);
  });

  it("drops answers to repeated writes after a day, and not before", async () => {
    const answer = env.DB.prepare("INSERT INTO repeatable_answers VALUES (?, ?, 'hash', 201, '{}')");
    await env.DB.batch([answer.bind("old", NOW - ANSWER_MS - 1), answer.bind("new", NOW - ANSWER_MS)]);
    await dropOutdatedAnswers(db, NOW);
    const { results } = await env.DB.prepare("SELECT key_hash FROM repeatable_answers").all();
    expect(results).toEqual([{ key_hash: "new" }]);
  });

  it("puts right what earlier versions left under items that are gone", async () => {
    await createClass(db, { id: "c", name: "C", description: "" }, "admin", NOW + 2);
    const [mine, theirs] = makeEmbeddedPhotos(2, 2);
    await labelSamples(db, "c", [mine, theirs], "admin", NOW);
    await learn(1);
    await env.DB.batch([
      env.DB.prepare("UPDATE examples SET class_id = 'b' WHERE sample_id = ?").bind(mine.sampleId),
      env.DB.prepare("UPDATE classes SET archived_at = 1, merged_into = 'a' WHERE id = 'b'"),
      env.DB.prepare("UPDATE classes SET archived_at = 1, deleted_at = 1 WHERE id = 'c'"),
    ]);
    expect(await cutBack(db, 20, NOW)).toMatchObject({ classes: 0 });
    const { results } = await env.DB.prepare("SELECT class_id, count(*) AS n FROM examples GROUP BY 1").all();
    expect(results).toEqual([
      { class_id: null, n: 1 },
      { class_id: "a", n: 7 },
    ]);
    await runTraining(trainingContext(db), { trigger: "cron" });
    expect(await cutBack(db, 20, NOW)).toMatchObject({ classes: 1, miscounted: [] });
  });

  it("keeps a deleted item whose count contradicts its markers until a rebuild has settled it", async () => {
    await learn(1);
    await forgetClass(db, "b", "admin", NOW);
    await runTraining(trainingContext(db), { trigger: "cron" });
    await env.DB.prepare("UPDATE class_sums SET count = 1 WHERE class_id = 'b'").run();
    expect(await cutBack(db, 20, NOW)).toMatchObject({ classes: 0, miscounted: ["b"] });
    await runTraining(trainingContext(db), { trigger: "cron" });
    expect(await cutBack(db, 20, NOW)).toMatchObject({ classes: 1, miscounted: [] });
  });
});
