/**
 * A teacher from the first question to the last answer forgotten, through public interfaces alone: a dev server as `npm start` makes it, its
 * variables in the file where a user writes them, and a server beside it that plays the model well, badly, late or not at all.
 */
import { mkdtemp, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useSentences } from "../../cli/backbone/sentences/use-sentences.ts";
import { formatDotenv } from "../../cli/dev/local-secrets.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { jsonBody, request } from "../support/live-menu.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";
import {
  completionOf,
  says,
  startTeacherServer,
  type TeacherBehaviour,
  type TeacherRequest,
  type TeacherServer,
} from "../support/teacher-server.ts";
import { writeFiles } from "../support/temp-folder.ts";

const BUDGET = 50;
const MODEL = "large-1";
const KEY = "key-of-the-teacher";
const ANNA = "203.0.113.7";
const BORIS = "198.51.100.9";

/** Five of each kind of mail, about ten things. */
const THINGS = [
  ...["pizza", "lasagne", "driver", "voucher", "party room", "salad", "website", "invoice", "table", "drinks"],
];
const MAILS = THINGS.flatMap((thing, i) => [
  `My money for the ${thing} has not come back, number ${100 + i}.`,
  `I paid the ${thing} two times and want a refund of ${7 + i} euros.`,
  `The ${thing} was a disappointment, worse than ${i + 2} weeks ago.`,
  `Nobody said sorry for the ${thing}, and we sat there for ${20 + i} minutes.`,
  `Is there a ${thing} for ${i + 2} people on ${i + 1} May?`,
]);
const HELLO = "Where are you?";
const ALL = [...MAILS, HELLO];

let folder: string;
let server: DevServer;
let teacher: TeacherServer;
/** The name under which what Boris sent is kept. */
let boris: string;

const asAdmin = async (route: string, init: RequestInit = {}) =>
  (await request(server, `/v1/admin${route}`, init, true)).body;
const headstart = async (...args: string[]) => {
  const run = await runHeadstart([...args, "--json"], {
    env: { HEADSTART_URL: server.url, HEADSTART_KEY: server.adminToken },
  });
  expect(run).toMatchObject({ code: 0 });
  return JSON.parse(run.stdout);
};

async function askAsGuest(address: string, text: readonly string[]) {
  const init = jsonBody({ text });
  const headers = { "content-type": "application/json", "cf-connecting-ip": address };
  return request(server, "/v1/classify", { ...init, headers });
}

/** What the model is shown of the menu and of the mail. */
function readQuestion({ body }: TeacherRequest): { readonly items: readonly string[]; readonly mail: string } {
  const [system, user] = body.messages.map(({ content }) => String(content));
  const items = Array.from(system.matchAll(/^\d+\. (.*)$/gm), ([, name]) => name);
  return { items, mail: JSON.parse(user.slice(user.indexOf('"'))) };
}

/** As a model that reads what it is shown. */
const answersWell: TeacherBehaviour = (response, asked) => {
  const { items, mail } = readQuestion(asked);
  const label = /money|refund/.test(mail) ? "refund" : mail.endsWith("?") ? "question" : "complaint";
  says(JSON.stringify({ item: items.indexOf(label) + 1, confidence: 0.9 }))(response, asked);
};

const answersWith = (status: number, headers = {}) => {
  return (response: ServerResponse) => void response.writeHead(status, headers).end(completionOf("busy"));
};

/** The figures of the teacher's page. */
const readTeacher = () => asAdmin("/teacher");

/** One scheduled run, and what the teacher was asked in it. */
async function runJob(behaviour: TeacherBehaviour): Promise<readonly TeacherRequest[]> {
  const before = teacher.asked.length;
  teacher.behave(behaviour);
  await server.runCron();
  return teacher.asked.slice(before);
}

// The steps build on each other.
describe("a teacher", () => {
  beforeAll(async () => {
    teacher = await startTeacherServer(answersWell);
    folder = await mkdtemp(path.join(tmpdir(), "headstart-teacher-"));
    const backboneDir = path.join(folder, "backbone");
    const secretsFile = path.join(folder, "secrets.env");
    const variables = {
      PUBLIC_TEACHING: "true",
      POOL_SIZE: "100",
      POOL_KEEPS_COPIES: "true",
      TEACHER_DAILY_CALLS: String(BUDGET),
      TEACHER_MODEL: MODEL,
      TEACHER_URL: teacher.url,
      TEACHER_KEY: KEY,
    };
    await writeFiles(folder, { "secrets.env": Buffer.from(formatDotenv(Object.entries(variables))) });
    await useSentences(backboneDir);
    server = await startServer({ dataDir: path.join(folder, "state"), backboneDir, secretsFile, quiet: true });
    await headstart("import", path.join(PROJECT_ROOT, "examples/mailbox.tsv"));
    await headstart("train");
    // No score reaches 1, so whatever the head answers it is unsure of.
    for (const id of ["refund", "complaint", "question"])
      await asAdmin(`/classes/${id}`, { ...jsonBody({ threshold: 1 }), method: "PATCH" });
  });
  afterAll(async () => {
    await server?.stop();
    await teacher?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("is asked nothing while guests ask; what the head is unsure of fills the pool, copies and all", async () => {
    // The first is written at once, and then as many as one batch takes.
    for (const [address, mails] of [
      [ANNA, [HELLO]],
      [ANNA, MAILS.slice(0, 30)],
      [BORIS, MAILS.slice(30)],
    ] as const) {
      const { body } = await askAsGuest(address, mails);
      expect(body).toMatchObject({ results: { length: mails.length }, refused: 0 });
    }
    await expect.poll(() => asAdmin("/pool"), { timeout: 60_000 }).toMatchObject({ open: true, pooled: ALL.length });
    const { samples } = await headstart("pool", "list", "--limit", "50");
    expect(samples).toHaveLength(50);
    const ofBoris = new Set(MAILS.slice(30));
    boris = samples.find(({ text }: { text: string }) => ofBoris.has(text)).contributor;
    expect(ALL).toEqual(expect.arrayContaining(samples.map(({ text }: { text: string }) => text)));
    expect(teacher.asked).toEqual([]);
    expect(await readTeacher()).toMatchObject({ state: "asking", model: MODEL, today: { calls: 0, budget: BUDGET } });
  });

  it.each([
    ["has no room", answersWith(429, { "retry-after": "1" })],
    ["fails", answersWith(503)],
    ["knows no such key", answersWith(401)],
    ["sends elsewhere", (response) => answersWith(302, { location: teacher.url })(response)],
    ["hangs up", (response) => void response.destroy()],
  ] satisfies [string, TeacherBehaviour][])("costs one call where it %s, and nothing else", async (_, behaviour) => {
    const before = await readTeacher();
    expect(await runJob(behaviour)).toHaveLength(1);
    const { calls } = before.today as { calls: number }; // -- a decoder: the route's own tests hold this shape
    expect(await readTeacher()).toMatchObject({
      answers: 0,
      today: { calls: calls + 1 },
      days: [{ faults: calls + 1 }],
    });
  });

  it("keeps no guest waiting while it is silent, and is given up", async () => {
    const started = Promise.withResolvers<void>();
    let isOver = false;
    const job = runJob(() => started.resolve()).finally(() => {
      isOver = true;
    });
    await started.promise;
    expect((await askAsGuest(ANNA, [HELLO])).status).toBe(200);
    expect(isOver).toBe(false);
    expect(await job).toHaveLength(1);
    expect(await readTeacher()).toMatchObject({ answers: 0, today: { calls: 6 }, days: [{ faults: 6 }] });
  });

  it("loses one sample's answer, not the others', where it answers in another form or will not answer", async () => {
    const bad = ["{not json", '{"item": 99, "confidence": 1}', '{"item": 1}', "[1]", "x".repeat(70_000)];
    let nth = 0;
    const asked = await runJob((response, question) => {
      const said = bad[nth++];
      if (said !== undefined) says(said)(response, question);
      else if (nth === bad.length + 1) says(null, "I cannot speak of this.")(response, question);
      else answersWell(response, question);
    });
    expect(asked).toHaveLength(20);
    expect(await readTeacher()).toMatchObject({ answers: 14, today: { calls: 26 }, days: [{ faults: 12 }] });
  });

  it("is shown the menu by numbers and the mail as data, with the operator's key", async () => {
    const [asked] = teacher.asked;
    expect(asked).toMatchObject({ authorization: `Bearer ${KEY}`, body: { model: MODEL } });
    const { items, mail } = readQuestion(asked);
    expect([...items].sort()).toEqual(["complaint", "question", "refund"]);
    expect(ALL).toContain(mail);
  });

  it("may take its time, and is not asked beyond the day's calls", async () => {
    const slow: TeacherBehaviour = (response, asked) => void setTimeout(answersWell, 300, response, asked);
    expect(await runJob(slow)).toHaveLength(20);
    expect(await runJob(answersWell)).toHaveLength(BUDGET - 46);
    expect(await runJob(answersWell)).toEqual([]);
    expect(await readTeacher()).toMatchObject({ answers: 38, today: { calls: BUDGET, budget: BUDGET } });
    const mails = teacher.asked.map((asked) => readQuestion(asked).mail);
    expect(new Set(mails).size).toBe(BUDGET); // -- none was asked about twice within the hour
  });

  it("has its answers judged by people's labels, and counted by nothing", async () => {
    const { heads } = await asAdmin("/heads");
    const labels = expect.any(Number);
    const judged = { labels, isAllowed: expect.any(Boolean), judged: 30, rightWithout: labels, rightWith: labels };
    expect(heads).toMatchObject([{ version: 2, examples: 30, evaluation: { examples: 30, teacher: judged } }, {}]);
    expect(await readTeacher()).toMatchObject({ counting: judged, judged: 0, overruled: 0 });
    const { classes } = await asAdmin("/classes");
    expect(classes).toMatchObject([{ examples: 10 }, { examples: 10 }, { examples: 10 }]);
  });

  it("is overruled by staff, who label, leave out and find the rest still waiting", async () => {
    const { labels } = await asAdmin("/teacher/labels?limit=200");
    const said = labels as { photo: string; label: string }[]; // -- as above
    const [one, two, three] = said;
    const other = one.label === "refund" ? "complaint" : "refund";
    expect(await headstart("pool", "label", one.photo, other)).toEqual({ photo: one.photo, label: other });
    await headstart("pool", "label", two.photo, two.label);
    await headstart("pool", "dismiss", three.photo);
    expect(await readTeacher()).toMatchObject({ answers: 38, judged: 2, overruled: 1 });
    const listed = await asAdmin("/teacher/labels?limit=3");
    expect(listed.labels).toMatchObject([{ personLabel: other }, { personLabel: two.label }, { personLabel: null }]);
    expect(await asAdmin("/pool")).toMatchObject({ pooled: ALL.length - 3 });
  });

  it("outlives the pool, whose samples leave when their time is over", async () => {
    const database = openLocalDatabase(path.join(folder, "state"));
    database.exec(`UPDATE pooled_samples SET seen_at = seen_at - ${31 * 86_400_000}`); // -- a month passes
    database.close();
    await server.runNightly();
    expect(await asAdmin("/pool")).toMatchObject({ pooled: 0, samples: [] });
    expect(await readTeacher()).toMatchObject({ answers: 38 });
    const { labels } = await asAdmin("/teacher/labels?limit=1");
    expect(labels).toMatchObject([{ text: null, source: "teacher" }]);
  });

  it("is forgotten with a guest, and then altogether, with the head that had seen it", async () => {
    await asAdmin(`/contributors/${boris}`, { method: "DELETE" });
    const { answers } = await readTeacher();
    expect(answers).toBeGreaterThan(0);
    expect(answers).toBeLessThan(38);
    expect(await asAdmin("/teacher/labels", { method: "DELETE" })).toEqual({ forgotten: answers });
    await server.runCron();
    const { heads, liveVersion } = await asAdmin("/heads?limit=1");
    const [{ version, evaluation }] = heads as { version: number; evaluation: object }[]; // -- as above
    expect(version).toBe(liveVersion);
    expect(evaluation).not.toHaveProperty("teacher");
    expect(await readTeacher()).toMatchObject({ answers: 0, counting: null });
    const askOldHead = () => request(server, "/v1/classify?head=2", jsonBody({ text: HELLO }));
    await expect.poll(async () => (await askOldHead()).body.code, { timeout: 60_000 }).toBe("head_purged");
  });
});
