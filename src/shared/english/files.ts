/** Problems of exports that come back. */
import { problemOf } from "../problem.ts";

/** The content type of an import is wrong. */
export const notNdjson = problemOf(
  "unsupported_media_type",
  "not_ndjson",
  ({ type }: { type: string }) => `Send the lines of an export as ${type}.`,
);
/** It is no export at all, or one of a version that is not read. `versions` lists those that are. */
export const noExportHeader = problemOf(
  "bad_request",
  "no_export_header",
  ({ format, versions }: { format: string; versions: string }) =>
    `The first line is not the header of a ${format} of version ${versions}.`,
);
/** Of one part; a file may have any number. */
export const tooManyRows = problemOf(
  "bad_request",
  "too_many_rows",
  ({ rows, limit }: { rows: number; limit: number }) =>
    `The body has ${rows} rows; send at most ${limit}, each time after the header.`,
);
/** The end line has the counts and the hash, without which nobody knows whether the file is whole. */
export const fileCutOff = problemOf(
  "bad_request",
  "file_cut_off",
  () => "The file is cut off: it has no end line. (A part of a file needs `file`.)",
);
/** The parts of two files were mixed up. */
export const endOfAnotherFile = problemOf(
  "bad_request",
  "end_of_another_file",
  () => "The end line belongs to another file.",
);
/** The hash of the lines is not the one in the end line. */
export const fileChanged = problemOf(
  "bad_request",
  "file_changed",
  () => "The file was changed or cut off: its SHA-256 differs.",
);
/** A row may name only what stands before it in the file. */
export const rowsOutOfOrder = problemOf(
  "bad_request",
  "rows_out_of_order",
  () => "The rows are not in the order of an export.",
);
/** Embeddings of two backbones cannot be compared. Both are named by the beginning of their ids. */
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
/** One restore at a time: it holds training back. */
export const anotherFileIsRestored = problemOf(
  "import_conflict",
  "another_file_is_restored",
  () => "Another file is being restored here. Finish that restore with its file, or give it up.",
);
/** The same file cannot be merged while it is being restored. */
export const fileIsRestored = problemOf(
  "import_conflict",
  "file_is_restored",
  () => "This file is being restored here. Go on with the restore, or give it up.",
);
/** A restore makes the deployment what the file says, so nothing may be there before. */
export const notEmpty = problemOf(
  "import_conflict",
  "not_empty",
  () =>
    "This deployment is not empty, and it does not hold an unfinished restore of this file. To add the file to what is here, merge it.",
);
/** A restore and a run would write the same statistics. */
export const trainingAtWork = problemOf(
  "import_conflict",
  "training_at_work",
  () => "A training run is at work. Try again when it has ended.",
);
/** Found when the next part arrives. */
export const restoreGivenUp = problemOf(
  "import_conflict",
  "restore_given_up",
  () => "Somebody has given this restore up in the meantime.",
);
/** The operator has bound none. */
export const noBackupBucket = problemOf(
  "not_found",
  "no_backup_bucket",
  () =>
    "This deployment has no bucket for backups. Deploy it with `npm run deploy -- --backups`, or bind a bucket as BACKUPS in wrangler.toml.",
);
/** It never was, or it is too old to be kept. */
export const noSuchBackup = problemOf(
  "not_found",
  "no_such_backup",
  ({ name }: { name: string }) => `There is no backup ${name}. GET /v1/admin/backups lists them.`,
);
/** There is nothing to give up. */
export const noRestore = problemOf("not_found", "no_restore", () => "No restore is under way.");
