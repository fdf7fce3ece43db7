/**
 * Backups as they lie in a bucket: an export, and beside it a description that is written when the export is whole. What has no
 * description, or is of another size than that says, is not a backup. Other objects of the bucket are left alone.
 */
import type { RowCounts } from "../../shared/transfer-format.ts";
import { BACKUP_NAME } from "./backup-name.ts";

const FOLDER = "backups/";
const EXPORT_END = ".ndjson";
const DESCRIPTION_END = ".json";

/** A backup that is whole. */
export interface Backup {
  readonly name: string;
  /** Unix time in ms. */
  readonly madeAt: number;
  readonly bytes: number;
  readonly rows: number;
  /** The export's, as its last line has it. */
  readonly sha256: string;
}

/** Where its export lies. */
export function exportKey(name: string): string {
  return `${FOLDER}${name}${EXPORT_END}`;
}

/** Makes a written export a backup: from now on it is listed. */
export async function describeBackup(bucket: R2Bucket, backup: Backup, counts: RowCounts): Promise<void> {
  const { name, madeAt, bytes, rows, sha256 } = backup;
  await bucket.put(`${FOLDER}${name}${DESCRIPTION_END}`, JSON.stringify({ ...backup, counts }), {
    httpMetadata: { contentType: "application/json" },
    customMetadata: { madeAt: String(madeAt), bytes: String(bytes), rows: String(rows), sha256 },
  });
}

/** Whole ones, newest first; and names under which there is something that is none. */
export async function listBackups(bucket: R2Bucket): Promise<{ backups: Backup[]; scraps: string[] }> {
  const objects = await listObjects(bucket);
  const sizes = new Map(objects.map(({ key, size }) => [key, size]));
  const described = objects.flatMap((object) => readDescription(object) ?? []);
  const backups = described.filter(({ name, bytes }) => sizes.get(exportKey(name)) === bytes);
  const whole = new Set(backups.map(({ name }) => name));
  const names = new Set(objects.flatMap(({ key }) => nameOf(key) ?? []));
  return {
    backups: backups.sort((a, b) => b.madeAt - a.madeAt),
    scraps: [...names].filter((name) => !whole.has(name)),
  };
}

/** The export of a complete backup; null if none has this name. */
export async function openBackup(bucket: R2Bucket, name: string): Promise<R2ObjectBody | null> {
  const description = await bucket.head(`${FOLDER}${name}${DESCRIPTION_END}`);
  const bytes = Number(description?.customMetadata?.bytes);
  const found = await bucket.get(exportKey(name));
  if (found === null || found.size === bytes) return found;
  await found.body.cancel();
  return null;
}

/** The description first: what is left when this breaks off is not a backup. */
export async function deleteBackups(bucket: R2Bucket, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await bucket.delete(names.map((name) => `${FOLDER}${name}${DESCRIPTION_END}`));
  await bucket.delete(names.map(exportKey));
}

async function listObjects(bucket: R2Bucket): Promise<R2Object[]> {
  const objects: R2Object[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await bucket.list({
      prefix: FOLDER,
      include: ["customMetadata"],
      ...(cursor === undefined ? {} : { cursor }),
    });
    objects.push(...page.objects);
    if (!page.truncated) return objects;
    cursor = page.cursor;
  }
}

function readDescription({ key, customMetadata }: R2Object): Backup | null {
  const name = nameOf(key);
  if (name === null || !key.endsWith(DESCRIPTION_END) || customMetadata === undefined) return null;
  const { madeAt, bytes, rows, sha256 } = customMetadata;
  return { name, madeAt: Number(madeAt), bytes: Number(bytes), rows: Number(rows), sha256 };
}

/** Null for an object that is not ours. */
function nameOf(key: string): string | null {
  const end = [EXPORT_END, DESCRIPTION_END].find((ending) => key.endsWith(ending));
  const name = end === undefined ? "" : key.slice(FOLDER.length, -end.length);
  return BACKUP_NAME.test(name) ? name : null;
}
