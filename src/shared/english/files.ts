/** Problems of exports that come back. */
import { problemOf } from "../problem.ts";

export const notNdjson = problemOf(
  "unsupported_media_type",
  "not_ndjson",
  ({ type }: { type: string }) => `Send the lines of an export as ${type}.`,
);
export const noExportHeader = problemOf(
  "bad_request",
  "no_export_header",
  ({ format, versions }: { format: string; versions: string }) =>
    `The first line is not the header of a ${format} of version ${versions}.`,
);
export const tooManyRows = problemOf(
  "bad_request",
  "too_many_rows",
  ({ rows, limit }: { rows: number; limit: number }) =>
    `The body has ${rows} rows; send at most ${limit}, each time after the header.`,
);
export const fileCutOff = problemOf(
  "bad_request",
  "file_cut_off",
  () => "The file is cut off: it has no end line. (A part of a file needs `file`.)",
);
export const endOfAnotherFile = problemOf(
  "bad_request",
  "end_of_another_file",
  () => "The end line belongs to another file.",
);
export const fileChanged = problemOf(
  "bad_request",
  "file_changed",
  () => "The file was changed or cut off: its SHA-256 differs.",
);
export const rowsOutOfOrder = problemOf(
  "bad_request",
  "rows_out_of_order",
  () => "The rows are not in the order of an export.",
);
export const fileOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "file_of_another_backbone",
  ({
    theirs,
    theirLength,
    ours,
    ourLength,
  }: {
    theirs: string;
    theirLength: number;
    ours: string;
    ourLength: number;
  }) =>
    `The file's embeddings were made by backbone ${theirs} (${theirLength} numbers), but this ` +
    `deployment runs ${ours} (${ourLength}). Deploy with the file's backbone first.`,
);
export const anotherFileIsRestored = problemOf(
  "import_conflict",
  "another_file_is_restored",
  () => "Another file is being restored here. Finish that restore with its file, or give it up.",
);
export const fileIsRestored = problemOf(
  "import_conflict",
  "file_is_restored",
  () => "This file is being restored here. Go on with the restore, or give it up.",
);
export const notEmpty = problemOf(
  "import_conflict",
  "not_empty",
  () =>
    "This deployment is not empty, and it does not hold an unfinished restore of this file. To add the file to what is here, merge it.",
);
export const trainingAtWork = problemOf(
  "import_conflict",
  "training_at_work",
  () => "A training run is at work. Try again when it has ended.",
);
export const restoreGivenUp = problemOf(
  "import_conflict",
  "restore_given_up",
  () => "Somebody has given this restore up in the meantime.",
);
export const noBackupBucket = problemOf(
  "not_found",
  "no_backup_bucket",
  () =>
    "This deployment has no bucket for backups. Deploy it with `npm run deploy -- --backups`, or bind a bucket as BACKUPS in wrangler.toml.",
);
export const noSuchBackup = problemOf(
  "not_found",
  "no_such_backup",
  ({ name }: { name: string }) => `There is no backup ${name}. GET /v1/admin/backups lists them.`,
);
export const noRestore = problemOf("not_found", "no_restore", () => "No restore is under way.");
