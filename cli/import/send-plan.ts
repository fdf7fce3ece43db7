/**
 * Sends what a plan says. Safe to run twice and to break off: what is stored is recognised by its SHA-256 and not sent again.
 * A refused item never stops the others; a lost server fails what is left, without trying each photo.
 */
import type { Purpose } from "../../src/shared/closed-lists.ts";
import { CommandError } from "../shared/command.ts";
import { type ApiClient, ApiError, type RemoteClass, type UploadResult } from "./api-client.ts";
import type { Batching } from "./batch-photos.ts";
import { type ClassReport, type ImportReport, reportItem } from "./import-report.ts";
import type { LeftOut, SourceSample } from "./import-source.ts";
import type { ImportPlan, PlannedItem } from "./plan-items.ts";
import { resolveItem } from "./resolve-item.ts";

/** Told how far the import is. */
export interface ImportProgress {
  start(photos: number): void;
  advance(photos: number, className: string): void;
  stop(): void;
}

export interface SendOptions<S extends SourceSample> {
  readonly batch: Batching<S>;
  /** Also the photos that people have decided about since. */
  readonly overwrite: boolean;
  /** What samples are for that do not say so themselves. */
  readonly purpose?: Purpose | undefined;
}

interface Run<S extends SourceSample = SourceSample> extends SendOptions<S> {
  readonly client: ApiClient;
  readonly progress: ImportProgress;
  /** Why nothing more is sent: the server was lost. */
  lost: string | undefined;
}

type Tally = { -readonly [K in keyof ClassReport]: ClassReport[K] } & { refused: LeftOut[]; failed: LeftOut[] };

/** Every photo of the plan is in the report, once. */
export async function sendPlan<S extends SourceSample>(
  plan: ImportPlan<S>,
  client: ApiClient,
  progress: ImportProgress,
  options: SendOptions<S>,
): Promise<ImportReport> {
  const startedAt = performance.now();
  const { items, ...rest } = plan;
  const run: Run<S> = { ...options, client, progress, lost: undefined };
  progress.start(items.reduce((total, item) => total + chooseSamples(run, item).length, 0));
  const classes: ClassReport[] = [];
  try {
    for (const item of items) classes.push(await sendItem(run, item));
  } finally {
    progress.stop();
  }
  return { ...rest, isDry: false, classes, seconds: (performance.now() - startedAt) / 1_000 };
}

function chooseSamples<S extends SourceSample>(
  { overwrite }: SendOptions<S>,
  { toSend, decided }: PlannedItem<S>,
): readonly S[] {
  return overwrite ? [...toSend, ...decided] : toSend;
}

async function sendItem<S extends SourceSample>(run: Run<S>, item: PlannedItem<S>): Promise<ClassReport> {
  const report = reportItem(item, run.overwrite ? [] : item.decided);
  const tally: Tally = { ...report, stored: 0, refused: [...report.refused], failed: [] };
  const samples = chooseSamples(run, item);
  if (samples.length === 0) return tally;
  let target: RemoteClass | undefined;
  await unlessLost(run, samples, tally, async () => {
    target = item.target ?? (await createItem(run, item, tally));
    tally.id = target.id;
  });
  if (target === undefined) return tally;
  await sendSamples(run, samples, tally, target.id);
  if (tally.created && tally.stored + tally.relabelled + tally.failed.length === 0)
    await removeEmpty(run, target.id, tally);
  return tally;
}

/** Makes the item, unless somebody else has made it since the plan. */
async function createItem(
  { client }: Pick<Run, "client">,
  { label, name }: Pick<PlannedItem, "label" | "name">,
  tally: Tally,
): Promise<RemoteClass> {
  try {
    const created = await client.createClass(name);
    tally.created = true;
    return created;
  } catch (cause) {
    if (!(cause instanceof ApiError && cause.code === "class_exists")) throw cause;
    const resolved = resolveItem(label, name, await client.listClasses());
    if ("target" in resolved && resolved.target !== null) return resolved.target;
    throw cause;
  }
}

/** An item that the import made, and none of whose photos the server could use. */
async function removeEmpty(run: Pick<Run, "client">, id: string, tally: Tally): Promise<void> {
  try {
    const made = (await run.client.listClasses()).find((item) => item.id === id);
    if (made?.examples !== 0) return; // somebody else has taught it meanwhile, or nobody can say
    await run.client.deleteClass(id);
    tally.created = false;
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause; // it stays, and the report says that it is new
  }
}

async function sendSamples<S extends SourceSample>(
  run: Run<S>,
  samples: readonly S[],
  tally: Tally,
  classId: string,
): Promise<void> {
  const byPurpose = Map.groupBy(samples, ({ purpose }) => purpose ?? run.purpose);
  for (const [purpose, same] of byPurpose) await sendAlike(run, same, purpose, tally, classId);
}

async function sendAlike<S extends SourceSample>(
  run: Run<S>,
  samples: readonly S[],
  purpose: Purpose | undefined,
  tally: Tally,
  classId: string,
): Promise<void> {
  for await (const batch of run.batch(samples, purpose)) {
    tally.refused.push(...batch.refused);
    run.progress.advance(batch.refused.length, tally.folder);
    if (batch.samples.length === 0) continue;
    await unlessLost(run, batch.samples, tally, async () => {
      const results = await batch.upload(classId);
      for (const [i, sample] of batch.samples.entries()) countResult(tally, sample, results[i]);
      run.progress.advance(batch.samples.length, tally.folder);
    });
  }
}

function countResult(tally: Tally, { file, place }: Named, result: UploadResult | undefined): void {
  if (result?.status === "stored") tally.stored += 1;
  else if (result?.status === "relabelled") tally.relabelled += 1;
  else if (result?.status === "duplicate") tally.alreadyThere += 1;
  else if (result?.status === "pending")
    tally.refused.push({ file, reason: "has another label here; yours waits for the staff" });
  else tally.refused.push(leaveOut({ file, place }, result?.problem?.detail ?? "refused without a reason"));
}

type Named = { readonly file: string; readonly place?: string | undefined };

function leaveOut({ file, place }: Named, reason: string): LeftOut {
  return { file, reason, ...(place === undefined ? {} : { place }) };
}

/** Does `work` for these photos. What the server refuses for good is refused; what it may take the next time has failed. */
async function unlessLost(
  run: Pick<Run, "progress"> & { lost: string | undefined },
  photos: readonly Named[],
  tally: Tally,
  work: () => Promise<void>,
): Promise<void> {
  if (run.lost === undefined) {
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof CommandError)) throw cause;
      const leftOut = photos.map((photo) => leaveOut(photo, cause.message));
      run.progress.advance(photos.length, tally.folder);
      if (cause instanceof ApiError) {
        (cause.status < 500 ? tally.refused : tally.failed).push(...leftOut);
        return;
      }
      run.lost = cause.message;
      tally.failed.push(...leftOut);
      return;
    }
  }
  const reason = run.lost;
  tally.failed.push(...photos.map((photo) => leaveOut(photo, reason)));
  run.progress.advance(photos.length, tally.folder);
}
