/** The header of an export: whose embeddings it holds, and how many rows. */
import { type ExportHeader, FORMAT_NAME, FORMAT_VERSION, PICTURES_VERSION } from "../../shared/transfer-format.ts";
import type { Database } from "../database.ts";
import { countRows, findStoredBackbone } from "./export-rows.ts";

/** A backbone as an export names it. */
export interface ExportedBackbone {
  readonly backboneId: string;
  readonly dimension: number;
}

/** Names the backbone of the stored embeddings; of an empty deployment `inPlace`, the one that would make the first. */
export async function describeExport(
  db: Database,
  inPlace: ExportedBackbone,
  withPictures = false,
): Promise<ExportHeader> {
  const counts = await countRows(db, withPictures);
  const version = withPictures ? PICTURES_VERSION : FORMAT_VERSION;
  const backbone = (await findStoredBackbone(db)) ?? inPlace;
  return { format: FORMAT_NAME, version, ...backbone, counts };
}
