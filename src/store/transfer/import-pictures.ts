/** What labelled samples looked like, from a file: kept with examples that are here, where the deployment keeps that. */
import { isNull, sql } from "drizzle-orm";
import { exampleIsMissing, picturesAreNotKept } from "../../shared/english/rows.ts";
import { type Database, jsonList } from "../database.ts";
import { pictures } from "../picture-schema.ts";
import { insertPictures } from "../pictures.ts";
import { examples } from "../schema.ts";
import { fate, type ImportContext, type ImportRow, type RowFate, runGuarded, sampleOf } from "./import-batch.ts";

/** The largest that a row may hold: some 1.4 MB, below what one bound parameter takes. */
const PICTURES_PER_STATEMENT = 50;

/** One that is here stays. A merge brings none back to an example that was forgotten here. */
export async function importPictures(context: ImportContext, items: readonly ImportRow[]): Promise<RowFate[]> {
  const { db, keepsPictures } = context;
  if (!keepsPictures) return items.map((item) => fate(item, "leftOut", picturesAreNotKept()));
  const known = await findExamples(db, items.map(sampleOf));
  const missing = items.filter((item) => known.get(sampleOf(item)) === false);
  const statements = [];
  for (let first = 0; first < missing.length; first += PICTURES_PER_STATEMENT) {
    const rows = missing.slice(first, first + PICTURES_PER_STATEMENT).map(({ row }) => row);
    const sent = sql`SELECT value ->> 'sampleId' AS sample_id, value ->> 'preview' AS preview FROM json_each(${JSON.stringify(rows)})`;
    statements.push(insertPictures(db, sent).onConflictDoNothing());
  }
  await runGuarded(context, statements);
  return items.map((item) => {
    const hasPicture = known.get(sampleOf(item));
    if (hasPicture === undefined) return fate(item, "leftOut", exampleIsMissing());
    return fate(item, hasPicture ? "present" : "stored");
  });
}

/** Which of these samples are examples, and whether they have a picture. */
async function findExamples(db: Database, sampleIds: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await db
    .select({ id: examples.sampleId, isBare: isNull(pictures.sampleId) })
    .from(examples)
    .leftJoin(pictures, sql`${pictures.sampleId} = ${examples.sampleId}`)
    .where(sql`${examples.sampleId} IN ${jsonList(sampleIds)} AND ${examples.classId} IS NOT NULL`);
  return new Map(rows.map(({ id, isBare }) => [id, Number(isBare) === 0]));
}
