/**
 * `headstart classify <folder> --csv <file>`: every photo of a folder and of those within it, a row each as soon as it is answered.
 * Stopped at any moment and started again, it continues where it was.
 */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, type Call, type Photo } from "../import/api-client.ts";
import { batchPhotos } from "../import/batch-photos.ts";
import type { SourcePhoto } from "../import/import-source.ts";
import { listFolder, sortFile } from "../import/scan-folder.ts";
import { createProgress } from "../import/show-progress.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import { openAnswerCsv } from "./answer-csv.ts";
import { type AnswerRow, answerSchema, answersSchema } from "./answers.ts";

/** How often photos are sent again that came too soon after others. */
const MAX_TRIES = 8;
const PAUSE_MS = 5_000;
/** What says nothing about the photo: it is sent again, and where that does not help it gets no row. */
const PASSING = new Set([
  "rate_limited",
  "quota_exceeded",
  "overloaded",
  "backbone_unavailable",
  "storage_unavailable",
]);

/** What became of the folder. `waiting`: photos that no answer was to be had for, today or at this pace. */
export interface FolderReport {
  readonly csv: string;
  readonly answered: number;
  readonly refused: number;
  readonly skipped: number;
  readonly waiting: number;
}

/** Throws `CommandError` when the server is lost or refuses access; the rows until then are in the file. */
export async function classifyFolder(call: Call, folder: string, csv: string, query: string): Promise<FolderReport> {
  const rows = await openAnswerCsv(csv);
  const found = await listPhotos(folder);
  const fresh = found.filter(({ file }) => !rows.known.has(file));
  const readable = fresh.filter((photo) => "path" in photo);
  const progress = createProgress(process.stderr.isTTY === true, "photo", "Classifying");
  const counts = { answered: 0, refused: 0, waiting: 0 };
  progress.start(fresh.length);
  const note = async (file: string, outcome: AnswerRow) => {
    const isAnswer = "answer" in outcome;
    if (!isAnswer && PASSING.has(outcome.problem.code)) counts.waiting += 1;
    else await rows.add(file, isAnswer ? outcome : { problem: outcome.problem.detail });
    if (isAnswer) counts.answered += 1;
    else if (!PASSING.has(outcome.problem.code)) counts.refused += 1;
    progress.advance(1, isAnswer ? (outcome.answer.predictions[0]?.label ?? "") : "refused");
  };
  try {
    for (const photo of fresh) if ("reason" in photo) await note(photo.file, refuse(photo.reason));
    for await (const { photos, refused } of batchPhotos(readable, Number.POSITIVE_INFINITY)) {
      for (const { file, reason } of refused) await note(file, refuse(reason));
      for (const [file, outcome] of await askPatiently(call, photos, query)) await note(file, outcome);
    }
  } finally {
    progress.stop();
  }
  return { csv, ...counts, skipped: found.length - fresh.length };
}

function refuse(detail: string): AnswerRow {
  return { problem: { code: "unreadable", detail } };
}

/** A photo by its path within the folder, with slashes on every system; or why it cannot be sent. */
type FoundPhoto = SourcePhoto | { readonly file: string; readonly reason: string };

async function listPhotos(root: string, within = ""): Promise<FoundPhoto[]> {
  const { entries } = await listFolder(path.join(root, within));
  const photos: FoundPhoto[] = [];
  for (const entry of entries) {
    const file = path.posix.join(within, entry.name);
    if (entry.isDirectory()) photos.push(...(await listPhotos(root, file)));
    const photo = entry.isFile() ? await sortFile(root, file) : null;
    if (photo !== null) photos.push(photo);
  }
  return photos;
}

/** Each photo's outcome; those that came too soon are asked about again. */
async function askPatiently(call: Call, photos: readonly Photo[], query: string): Promise<Map<string, AnswerRow>> {
  const outcomes = new Map<string, AnswerRow>();
  let left = photos;
  for (let tries = 1; left.length > 0; tries++) {
    const answers = await ask(call, left, query);
    left.forEach(({ file }, i) => {
      outcomes.set(file, answers[i] ?? refuse("The server gave no answer for this one."));
    });
    left = left.filter(({ file }) => isTooSoon(outcomes.get(file)));
    if (tries === MAX_TRIES) break;
    if (left.length > 0) await sleep(PAUSE_MS);
  }
  return outcomes;
}

/** A spent quota lasts until midnight: nobody waits for that here. */
function isTooSoon(outcome: AnswerRow | undefined): boolean {
  return outcome !== undefined && "problem" in outcome && /^(rate_limited|overloaded)$/.test(outcome.problem.code);
}

async function ask(call: Call, photos: readonly Photo[], query: string): Promise<AnswerRow[]> {
  const body = new FormData();
  for (const { file, bytes } of photos) body.append("image", new Blob([bytes]), file);
  const init = { method: "POST", body };
  try {
    if (photos.length === 1) return [{ answer: await call(answerSchema, `/v1/classify?${query}`, init) }];
    return (await call(answersSchema, `/v1/classify?${query}`, init)).results;
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.code === "no_head" || cause.status === 404) throw cause;
    return photos.map(() => ({ problem: { code: cause.code, detail: cause.message } }));
  }
}

/** What the command ends with: 5 where a photo was refused or still waits, 1 where there is none. */
export function judgeFolder({ answered, refused, skipped, waiting }: FolderReport) {
  if (answered + refused + skipped + waiting === 0) throw new CommandError("There is no photo in this folder.");
  return refused + waiting > 0 ? EXIT.partly : EXIT.ok;
}

/** For people. */
export function describeFolder({ csv, answered, refused, skipped, waiting }: FolderReport): string {
  const parts = [
    `${answered} photos were answered`,
    ...(refused > 0 ? [`${refused} could not be used, and the file says why`] : []),
    ...(skipped > 0 ? [`${skipped} had a row already`] : []),
    ...(waiting > 0 ? [`${waiting} got no answer: too many at once or today. Run the command again for these`] : []),
  ];
  return `${csv}: ${parts.join("; ")}.`;
}
