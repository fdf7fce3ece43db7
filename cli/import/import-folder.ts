/**
 * Sends a folder of labelled photos to a Worker. Safe to run twice and to break off: what is stored is recognised by
 * its SHA-256 and not sent again. Talks to the API client only.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { sha256Of } from "../backbone/file-identity.ts";
import { CommandError, reasonOf } from "../shared/command.ts";
import { type ApiClient, ApiError, type RemoteClass, type UploadResult } from "./api-client.ts";
import { batchPhotos } from "./batch-photos.ts";
import type { ClassReport, ImportReport } from "./import-report.ts";
import { findNone, isNoneFolder } from "./none-folder.ts";
import { type ClassFolder, type LeftOut, type ScannedFolder, scanFolder } from "./scan-folder.ts";

const MAX_KNOWN_PER_REQUEST = 500;

/** Told how far the import is. */
export interface ImportProgress {
  start(photos: number): void;
  advance(photos: number, className: string): void;
  stop(): void;
}

/** A photo's path relative to the folder, and its SHA-256. */
interface HashedFile {
  readonly file: string;
  readonly photo: string;
}

interface Run {
  readonly root: string;
  readonly client: ApiClient;
  readonly progress: ImportProgress;
  readonly maxImageBytes: number;
  /** Photos that lie in folders of different classes: id of each such class, by SHA-256. */
  readonly contested: ReadonlyMap<string, readonly string[]>;
  /** Why nothing more is sent: the server was lost. */
  lost: string | undefined;
}

type Tally = { -readonly [K in keyof ClassReport]: ClassReport[K] } & { refused: LeftOut[]; failed: LeftOut[] };

/** Imports `root`. Throws `CommandError` when it cannot even begin; later failures are part of the report. */
export async function importFolder(root: string, client: ApiClient, progress: ImportProgress): Promise<ImportReport> {
  return importPhotos(root, await scanFolder(root), client, progress);
}

/** Imports the photos of `scanned`, whose paths are relative to `root`. Throws like `importFolder`. */
export async function importPhotos(
  root: string,
  scanned: ScannedFolder,
  client: ApiClient,
  progress: ImportProgress,
): Promise<ImportReport> {
  const startedAt = performance.now();
  const maxImageBytes = await client.maxImageBytes();
  const remote = await client.listClasses();
  const hashed = new Map<ClassFolder, HashedFile[]>();
  for (const item of scanned.classes) hashed.set(item, await hashFiles(root, item.files));
  const run: Run = { root, client, progress, maxImageBytes, contested: findContested(hashed), lost: undefined };
  progress.start(scanned.classes.reduce((total, { files }) => total + files.length, 0));
  const classes: ClassReport[] = [];
  try {
    for (const [item, files] of hashed) classes.push(await importClass(run, item, files, remote));
  } finally {
    progress.stop();
  }
  const { skipped, hidden } = scanned;
  return { classes, skipped, hidden, seconds: (performance.now() - startedAt) / 1_000 };
}

async function hashFiles(root: string, files: readonly string[]): Promise<HashedFile[]> {
  const hashed: HashedFile[] = [];
  for (const file of files) {
    const bytes = await readFile(path.join(root, file)).catch((cause: unknown) => {
      throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}. Nothing was sent.`);
    });
    hashed.push({ file, photo: sha256Of(bytes) });
  }
  return hashed;
}

function findContested(hashed: ReadonlyMap<ClassFolder, readonly HashedFile[]>): Map<string, readonly string[]> {
  const classesOf = new Map<string, Set<string>>();
  for (const [{ id }, files] of hashed) {
    for (const { photo } of files) classesOf.set(photo, (classesOf.get(photo) ?? new Set()).add(id));
  }
  return new Map(
    Array.from(classesOf, ([photo, ids]) => [photo, [...ids]] as const).filter(([, ids]) => ids.length > 1),
  );
}

async function importClass(
  run: Run,
  item: ClassFolder,
  files: readonly HashedFile[],
  remote: RemoteClass[],
): Promise<ClassReport> {
  const tally: Tally = {
    ...{ folder: item.folder, id: item.id, created: false, stored: 0, alreadyThere: 0, relabelled: 0 },
    refused: [...item.refused],
    failed: [],
  };
  const wanted = sortOutContested(run, files, tally);
  if (wanted.length === 0) return tally;
  await unlessLost(run, wanted, tally, async () => {
    const target = await findOrCreateClass(run, item, remote, tally);
    if (target.archived) throw new ApiError(409, "class_archived", `the item ${target.name} is archived; restore it`);
    tally.id = target.id;
    await sendFiles(run, wanted, tally);
  });
  return tally;
}

function sortOutContested(run: Run, files: readonly HashedFile[], tally: Tally): HashedFile[] {
  const wanted = new Map<string, HashedFile>();
  for (const entry of files) {
    const rivals = run.contested.get(entry.photo);
    if (rivals !== undefined)
      tally.refused.push({ file: entry.file, reason: `the same photo is in ${rivals.join(" and ")}` });
    else if (wanted.has(entry.photo))
      tally.alreadyThere += 1; // the same bytes twice in one folder
    else {
      wanted.set(entry.photo, entry);
      continue;
    }
    run.progress.advance(1, tally.folder);
  }
  return [...wanted.values()];
}

/** The remote class with the folder's id, name or alias; made when there is none. `_none` stands for "not on the menu". */
async function findOrCreateClass(
  run: Run,
  item: ClassFolder,
  remote: RemoteClass[],
  tally: Tally,
): Promise<RemoteClass> {
  if (isNoneFolder(item.folder)) return findNone(item.folder, remote);
  const wanted = item.name.toLowerCase();
  const goesBy = ({ name, aliases }: RemoteClass) => [name, ...aliases].some((known) => known.toLowerCase() === wanted);
  const found = remote.find(({ id }) => id === item.id) ?? remote.find((other) => !other.archived && goesBy(other));
  if (found !== undefined) return found;
  const created = await run.client.createClass(item.id, item.name);
  remote.push(created);
  tally.created = true;
  return created;
}

async function sendFiles(run: Run, files: readonly HashedFile[], tally: Tally): Promise<void> {
  for (let first = 0; first < files.length; first += MAX_KNOWN_PER_REQUEST) {
    const part = files.slice(first, first + MAX_KNOWN_PER_REQUEST);
    await unlessLost(run, part, tally, async () => {
      const labels = await run.client.findLabels(part.map(({ photo }) => photo));
      const unknown = part.filter(({ photo }) => labels.get(photo) !== tally.id);
      tally.alreadyThere += part.length - unknown.length;
      run.progress.advance(part.length - unknown.length, tally.folder);
      await sendUnknown(run, unknown, tally);
    });
  }
}

async function sendUnknown(run: Run, files: readonly HashedFile[], tally: Tally): Promise<void> {
  for await (const batch of batchPhotos(run.root, files, run.maxImageBytes)) {
    tally.refused.push(...batch.refused);
    run.progress.advance(batch.refused.length, tally.folder);
    if (batch.photos.length === 0) continue;
    await unlessLost(run, batch.photos, tally, async () => {
      const results = await run.client.upload(tally.id, batch.photos);
      for (const [i, { file }] of batch.photos.entries()) countResult(tally, file, results[i]);
      run.progress.advance(batch.photos.length, tally.folder);
    });
  }
}

function countResult(tally: Tally, file: string, result: UploadResult | undefined): void {
  if (result?.status === "stored") tally.stored += 1;
  else if (result?.status === "relabelled") tally.relabelled += 1;
  else if (result?.status === "duplicate") tally.alreadyThere += 1;
  else tally.refused.push({ file, reason: result?.problem?.detail ?? "refused without a reason" });
}

/**
 * Does `work` for `files`. A refusal fails these files and the import goes on; a lost server fails them and every file
 * after them, without trying each one.
 */
async function unlessLost(
  run: Run,
  files: readonly { file: string }[],
  tally: Tally,
  work: () => Promise<void>,
): Promise<void> {
  if (run.lost === undefined) {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof ApiError) return fail(run, files, tally, cause.message);
      if (!(cause instanceof CommandError)) throw cause;
      run.lost = cause.message;
    }
  }
  fail(run, files, tally, run.lost ?? "not sent");
}

function fail(run: Run, files: readonly { file: string }[], tally: Tally, reason: string): void {
  tally.failed.push(...files.map(({ file }) => ({ file, reason })));
  run.progress.advance(files.length, tally.folder);
}
