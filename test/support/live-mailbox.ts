/** A mailbox's view of a running server that reads texts, over HTTP alone: teach, train, ask. Texts travel in lists. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { DevServer } from "../../cli/dev-server.ts";
import { type Classification, jsonBody, request, type Score } from "./live-menu.ts";
import { SHARED_DIR } from "./shared-data.ts";

const TEXTS_PER_REQUEST = 64;
/** Isolates look for a new head every few seconds; a busy machine answers late. */
const NEW_HEAD_TIMEOUT_MS = 60_000;

/** A text of a labelled set. */
export interface LabelledText {
  readonly label: string;
  readonly text: string;
  /** The finer class that it was made from. */
  readonly intent: string;
}

/** Reads `data/text/<set>/<split>.tsv`, in its order. */
export async function readTextSet(set: string, split: "train" | "test"): Promise<LabelledText[]> {
  const file = await readFile(path.join(SHARED_DIR, "data/text", set, `${split}.tsv`), "utf8");
  return file
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [label = "", text = "", intent = ""] = line.split("\t");
      return { label, text, intent };
    });
}

/** Adds the texts' classes where they are missing, then the texts. Throws when one of them is refused. */
export async function teachTexts(
  server: DevServer,
  texts: readonly Pick<LabelledText, "label" | "text">[],
): Promise<void> {
  for (const [label, group] of Map.groupBy(texts, (one) => one.label)) {
    await request(server, "/v1/admin/classes", jsonBody({ name: label, id: label }), true);
    for (const batch of inBatches(group)) {
      const sent = jsonBody({ text: batch.map(({ text }) => text) });
      const { status, body } = await request(server, `/v1/admin/classes/${label}/examples`, sent, true);
      if (status !== 200 || body.refused !== 0) throw new Error(`texts were refused: ${JSON.stringify(body)}`);
    }
  }
}

/** One training; the number of the head that it published. */
export async function train(server: DevServer): Promise<number> {
  const { body } = await request(server, "/v1/admin/training-runs", { method: "POST" }, true);
  if (typeof body.headVersion !== "number") throw new Error(`no head was published: ${JSON.stringify(body)}`);
  return body.headVersion;
}

/** Resolves when the isolate answers by this head without being asked for it. Throws when that takes longer than is promised. */
export async function untilServed(server: DevServer, version: number): Promise<void> {
  const deadline = Date.now() + NEW_HEAD_TIMEOUT_MS;
  for (;;) {
    const [answer] = await askTexts(server, ["Hello"]);
    if (answer?.headVersion === version) return;
    if (Date.now() > deadline) throw new Error(`head ${version} is not served after ${NEW_HEAD_TIMEOUT_MS} ms`);
  }
}

/** What the live head, or head `version`, answers to each text, in their order. */
export async function askTexts(
  server: DevServer,
  texts: readonly string[],
  version?: number,
): Promise<Classification[]> {
  const answers: Classification[] = [];
  for (const batch of inBatches(texts)) {
    const { status, body } = await request(
      server,
      `/v1/classify${version === undefined ? "" : `?head=${version}`}`,
      jsonBody({ text: batch }),
    );
    if (status !== 200 || body.refused !== 0) throw new Error(`classify answered ${status}: ${JSON.stringify(body)}`);
    const results = body.results as { answer: Classification }[]; // a decoder: the routes' own tests hold this shape
    answers.push(...results.map(({ answer }) => answer));
  }
  return answers;
}

/** Compares the first label of every answer with the text's own. */
export async function scoreTexts(server: DevServer, texts: readonly LabelledText[], version: number): Promise<Score> {
  const answers = await askTexts(
    server,
    texts.map(({ text }) => text),
    version,
  );
  const hits = texts.map(({ label }, i) => ({ label, isHit: answers[i]?.predictions[0]?.label === label }));
  const shareOf = (some: typeof hits) => some.filter(({ isHit }) => isHit).length / some.length;
  const recall = Object.fromEntries(
    [...Map.groupBy(hits, ({ label }) => label)].map(([label, some]) => [label, shareOf(some)]),
  );
  return { accuracy: shareOf(hits), recall };
}

function inBatches<T>(rows: readonly T[]): T[][] {
  const batches = Math.ceil(rows.length / TEXTS_PER_REQUEST);
  return Array.from({ length: batches }, (_, i) => rows.slice(i * TEXTS_PER_REQUEST, (i + 1) * TEXTS_PER_REQUEST));
}
