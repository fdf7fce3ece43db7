/**
 * Where a head's answers differ from the labels, each sample left out: all such samples, for staff to look at, whether the label is doubted or not.
 * The list is the head's and never changes; what has become of the samples since is read beside it.
 */
import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { noSuchVersion } from "../shared/english/versions.ts";
import { NONE_ID } from "../shared/none-label.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { type Database, jsonList } from "./database.ts";
import { exampleColumns, type LabelledExample, toLabelledExample } from "./examples.ts";
import type { StoredDetails, StoredMistakes } from "./head-record.ts";
import { examples, heads } from "./schema.ts";

/** A cell of the confusion matrix, its row or its column: both are ids as the head has them. */
interface MistakeFilter {
  readonly label?: string | undefined;
  readonly said?: string | undefined;
}

/** One mistake as the head made it. */
interface HeadMistake {
  /** Its place among all that the head made, from 1 on. */
  readonly position: number;
  readonly photo: string;
  readonly given: string;
  readonly answered: string;
  readonly givenProbability: number;
  readonly answeredProbability: number;
}

/** With the sample as it is labelled now. */
interface ListedMistake extends HeadMistake {
  readonly example: LabelledExample;
}

interface MistakePage {
  /** Least probable label first; samples that have been forgotten are left out. */
  readonly mistakes: readonly ListedMistake[];
  /** How many the head made, forgotten ones too; null once it is purged. */
  readonly total: number | null;
  /** False where the head keeps the doubted ones alone: it is from before all were kept, or there was no room; and once it is purged. */
  readonly isComplete: boolean;
  /** Position of the last one looked at, null on the last page. */
  readonly next: number | null;
}

/** Behind the position `after`. Reads the head's row without its weights, and a row per mistake of the page. Error: `not_found`. */
export async function listMistakes(
  db: Database,
  version: number,
  filter: MistakeFilter,
  { after, limit }: { readonly after: number | null; readonly limit: number },
): Promise<Result<MistakePage, Problem>> {
  const { classIds, mistakes, details } = heads;
  const [head] = await db.select({ classIds, mistakes, details }).from(heads).where(eq(heads.version, version));
  if (head === undefined) return err(noSuchVersion({ version }));
  const known = head.mistakes === null ? fromSuspects(head.details) : nameItems(head.mistakes, head.classIds);
  const wanted = known.filter((mistake) => matches(mistake, filter));
  const rest = wanted.filter(({ position }) => position > (after ?? 0));
  const page = rest.slice(0, limit);
  const labelled = await findLabelled(db, page);
  const total = head.mistakes === null && head.details === null ? null : countMade(wanted.length, head.details, filter);
  return ok({
    mistakes: page.flatMap((mistake) => {
      const example = labelled.get(mistake.photo);
      return example === undefined ? [] : [{ ...mistake, example }];
    }),
    total,
    isComplete: head.mistakes !== null && wanted.length === total,
    next: rest.length > limit ? page[limit - 1].position : null,
  });
}

function nameItems(stored: StoredMistakes, classIds: readonly string[]): HeadMistake[] {
  return stored.map(([photo, given, answered, givenProbability, answeredProbability], i) => ({
    ...{ position: i + 1, photo, given: classIds[given], answered: classIds[answered] },
    ...{ givenProbability, answeredProbability },
  }));
}

/** What heads from before know of their mistakes one by one. One that is unlike everything taught may have been answered right. */
function fromSuspects(details: StoredDetails | null): HeadMistake[] {
  const wrong = (details?.suspects ?? []).filter(({ suggested }) => suggested !== NONE_ID);
  return wrong.map(({ suggested, suggestedProbability, ...suspect }, i) => ({
    ...{ ...suspect, position: i + 1, answered: suggested, answeredProbability: suggestedProbability },
  }));
}

function matches(
  { given, answered }: Pick<HeadMistake, "given" | "answered">,
  { label, said }: MistakeFilter,
): boolean {
  return (label === undefined || given === label) && (said === undefined || answered === said);
}

function countMade(listed: number, details: StoredDetails | null, filter: MistakeFilter): number {
  if (details === null) return listed;
  const cells = details.confusions.filter((cell) => matches(cell, filter));
  return cells.reduce((sum, cell) => sum + cell.examples, 0);
}

async function findLabelled(db: Database, page: readonly HeadMistake[]): Promise<Map<string, LabelledExample>> {
  if (page.length === 0) return new Map();
  const rows = await db
    .select(exampleColumns)
    .from(examples)
    .where(and(inArray(examples.sampleId, jsonList(page.map(({ photo }) => photo))), isNotNull(examples.classId)));
  return new Map(rows.map((row) => [row.photo, toLabelledExample(row)]));
}
