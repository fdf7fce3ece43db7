/** Stores checked rows, kind by kind in the order in which they come. */
import type { RowKind } from "../../shared/transfer-format.ts";
import type { ImportContext, ImportRow, RowFate } from "./import-batch.ts";
import { importClasses, importMerges } from "./import-classes.ts";
import { importDeployment, importLog, importNumbered, leaveOut } from "./import-deployment.ts";
import { importExamples, importPictures, importReviews } from "./import-labels.ts";

type ImportKind = (context: ImportContext, items: readonly ImportRow[]) => Promise<RowFate[]>;

const IMPORTERS: Readonly<Record<RowKind, ImportKind>> = {
  class: importClasses,
  merge: importMerges,
  example: importExamples,
  picture: importPictures,
  review: importReviews,
  head: (context, items) => importNumbered(context, "head", items),
  audit: async (context, items) => (context.mode === "merge" ? leaveOut(items) : importLog(context, items)),
  statistics: (context, items) => importNumbered(context, "statistics", items),
  deployment: importDeployment,
};

/** One fate per row, in their order. Each run of rows of one kind is one transaction, heads one each. */
export async function importRows(context: ImportContext, items: readonly ImportRow[]): Promise<RowFate[]> {
  const fates: RowFate[] = [];
  for (let first = 0; first < items.length; ) {
    const { kind } = items[first];
    const end = items.findIndex((item, i) => i > first && item.kind !== kind);
    const group = items.slice(first, end < 0 ? items.length : end);
    fates.push(...(await IMPORTERS[kind](context, group)));
    first += group.length;
  }
  return fates;
}
