/**
 * What an import answers for each row, and what all its writes need to know. A row is named by its line in the file; every
 * write is idempotent by primary key, so a batch may be sent again.
 */

import type { Sentence, Told } from "../../shared/sentence.ts";
import type { RowKind } from "../../shared/transfer-format.ts";
import type { Database, Statement } from "../database.ts";
import type { TransferRow } from "./tables.ts";

/** A row whose columns have been checked. */
export interface ImportRow {
  /** Its line in the file, from 1. */
  readonly line: number;
  readonly kind: RowKind;
  readonly row: TransferRow;
}

/**
 * `stored`: it is new. `present`: it was there. `replaced`: the file's word took the place of ours. `kept`: ours differs
 * and stays. `leftOut`: such rows are not merged. `refused`: it cannot be stored.
 */
export type RowOutcome = "stored" | "present" | "replaced" | "kept" | "leftOut" | "refused";

/** `line` counts from 1, the header's line, so that an editor finds it. */
export interface RowFate {
  readonly line: number;
  readonly kind: RowKind;
  readonly outcome: RowOutcome;
  /** In English, for `kept`, `leftOut` and `refused`. */
  readonly reason?: string;
  /** What `reason` says, for other languages; there where it is. */
  readonly says?: readonly Sentence[];
}

/** What every importer of rows is given; `mode` and `prefer` hold for the whole file. */
export interface ImportContext {
  readonly db: Database;
  /** Into an empty deployment, to the same bits; or into a filled one, by the rules of docs/transfer-format.md. */
  readonly mode: "restore" | "merge";
  /** Which side wins where both have a row and the two differ. */
  readonly prefer: "ours" | "file";
  /** Whether pictures that come along are kept. */
  readonly keepsPictures: boolean;
  /** Unix time in ms. */
  readonly now: number;
  /** Statements that open each transaction: a restore's hold on the deployment. */
  readonly guard: () => Statement[];
}

/** Statements that all rows of one kind share a transaction with; nothing happens when there are none. */
export async function runGuarded({ db, guard }: ImportContext, statements: readonly Statement[]): Promise<void> {
  const [first, ...rest] = [...guard(), ...statements];
  if (statements.length > 0 && first !== undefined) await db.batch([first, ...rest]);
}

/** Without a reason the object has no `reason`, so that the answer has no empty field. */
export function fate({ line, kind }: ImportRow, outcome: RowOutcome, told?: Told): RowFate {
  return { line, kind, outcome, ...(told === undefined ? {} : { reason: told.text, says: told.says }) };
}

/** The sample that a row of an example or a correction is about. */
export function sampleOf({ row }: ImportRow): string {
  return String(row.sampleId);
}
