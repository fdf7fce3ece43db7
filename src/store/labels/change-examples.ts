/**
 * Many examples at once, each with a change of its own: another label, another purpose, the word of staff that its label is right. One
 * transaction; a row that cannot be changed says why and stops no other. What each was before is read first, so that it can be taken back.
 */
import { and, eq, inArray, isNotNull, ne, type SQL, sql } from "drizzle-orm";
import type { Purpose } from "../../shared/closed-lists.ts";
import { labelChangedSince, noSuchExample } from "../../shared/english/labels.ts";
import { itemOffForAMoment } from "../../shared/english/menu.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type AuditEntry, noteAuditWhere } from "../audit-log.ts";
import { type Database, jsonList, type Statement } from "../database.ts";
import { requireLabel } from "../menu/menu.ts";
import { isLabel } from "../menu/menu-guard.ts";
import { examples } from "../schema.ts";

/** What is wanted of examples, whichever they are. */
interface Change {
  /** An item by id, name or alias, or "not on the menu"; by id once it is settled. */
  readonly label?: string | undefined;
  readonly purpose?: Purpose | undefined;
  readonly confirmed?: boolean | undefined;
  /** The id of the label that it must still have. */
  readonly from?: string | undefined;
}

/** What is wanted of one example. */
export interface ExampleChange extends Change {
  readonly photo: string;
}

/** What an example was, as the change that takes it back would say it. */
interface ExampleState {
  readonly label: string;
  readonly purpose: Purpose;
  readonly confirmed: boolean;
}

interface ChangedExample {
  /** Its label now. */
  readonly label: string;
  readonly before: ExampleState;
}

/** A row that can be carried out. */
interface Settled {
  readonly change: ExampleChange;
  readonly before: ExampleState;
}

/**
 * One result per change, in order; of a photo that is named twice the first counts. Errors of a row: `not_found`, `cannot_undo` where its label
 * is not `from`, and those of `requireLabel`. At most `MAX_CHANGES`; costs a row per photo, and two statements for each kind of change.
 */
export async function changeExamples(
  db: Database,
  changes: readonly ExampleChange[],
  actor: string,
  now: number,
): Promise<Result<ChangedExample, Problem>[]> {
  const [labels, states] = await Promise.all([resolveLabels(db, changes), readStates(db, changes)]);
  const judged = changes.map((change) => {
    const before = states.get(change.photo);
    states.delete(change.photo);
    return before === undefined ? err(noSuchExample()) : judge(change, before, labels);
  });
  const due = judged.flatMap((one) => (one.ok && isChange(one.value) ? [one.value.change] : []));
  const written = await writeAll(db, due, { actor, at: now });
  return judged.map((one) => {
    if (!one.ok) return one;
    const { change, before } = one.value;
    const { photo, label = before.label } = change;
    const isDone = !isChange(one.value) || written.has(photo);
    // Else somebody has changed the example, or the menu, between the reading and the writing.
    return isDone
      ? ok({ label, before })
      : err(change.label === undefined ? labelChangedSince() : itemOffForAMoment({ item: label }));
  });
}

type Labels = ReadonlyMap<string, Result<string, Problem>>;

async function resolveLabels(db: Database, changes: readonly Change[]): Promise<Labels> {
  const wanted = [...new Set(changes.flatMap(({ label }) => (label === undefined ? [] : [label])))];
  return new Map(await Promise.all(wanted.map(async (label) => [label, await requireLabel(db, label)] as const)));
}

async function readStates(db: Database, changes: readonly ExampleChange[]): Promise<Map<string, ExampleState>> {
  const { sampleId: photo, purpose, confirmedAt } = examples;
  const rows = await db
    .select({ photo, label: sql<string>`${examples.classId}`, purpose, confirmedAt })
    .from(examples)
    .where(areStored(changes.map((change) => change.photo)));
  return new Map(rows.map(({ photo: id, confirmedAt: at, ...row }) => [id, { ...row, confirmed: at !== null }]));
}

function areStored(photos: readonly string[]): SQL | undefined {
  return and(inArray(examples.sampleId, jsonList(photos)), isNotNull(examples.classId));
}

function judge(change: ExampleChange, before: ExampleState, labels: Labels): Result<Settled, Problem> {
  if (change.from !== undefined && change.from !== before.label) return err(labelChangedSince());
  if (change.label === undefined) return ok({ change, before });
  const label = labels.get(change.label);
  return label?.ok === false ? label : ok({ change: { ...change, label: label?.value }, before });
}

function isChange({ change, before }: Settled): boolean {
  const { label = before.label, purpose = before.purpose, confirmed = before.confirmed } = change;
  return label !== before.label || purpose !== before.purpose || confirmed !== before.confirmed;
}

/** One statement for all that are changed alike; returns the photos that were. */
async function writeAll(
  db: Database,
  due: readonly ExampleChange[],
  by: Pick<AuditEntry, "at" | "actor">,
): Promise<Set<string>> {
  const groups = Map.groupBy(due, ({ photo: _, ...change }) => JSON.stringify(change));
  const statements = [...groups.values()].flatMap((group): Statement[] => {
    const [change] = group;
    const photos = group.map(({ photo }) => photo);
    return [updateAlike(db, photos, change, by), noteChange(db, change, by)];
  });
  const [first, ...rest] = statements;
  if (first === undefined) return new Set();
  const results: readonly unknown[] = await db.batch([first, ...rest]);
  return new Set(results.flatMap((rows) => (Array.isArray(rows) ? rows.map(({ photo }) => photo) : [])));
}

function updateAlike(
  db: Database,
  photos: readonly string[],
  { label, purpose, confirmed, from }: Change,
  { at, actor }: Pick<AuditEntry, "at" | "actor">,
) {
  const isMoved = label === undefined ? sql`false` : ne(examples.classId, label);
  const whereMoved = (moved: SQL, kept: SQL) => sql`CASE WHEN ${isMoved} THEN ${moved} ELSE ${kept} END`;
  const confirmedAt =
    confirmed === undefined ? whereMoved(sql`NULL`, sql`${examples.confirmedAt}`) : confirmed ? at : null;
  const isStill = from === undefined ? undefined : eq(examples.classId, from);
  return db
    .update(examples)
    .set({
      labelledAt: whereMoved(sql`${at}`, sql`${examples.labelledAt}`),
      labelledBy: whereMoved(sql`${actor}`, sql`${examples.labelledBy}`),
      confirmedAt,
      ...(label === undefined ? {} : { classId: label }),
      ...(purpose === undefined ? {} : { purpose }),
    })
    .where(and(areStored(photos), isStill, label === undefined ? undefined : isLabel(label)))
    .returning({ photo: examples.sampleId });
}

/** Named for the largest change: taking a move back sets the purpose as well. */
function noteChange(db: Database, { label, purpose }: Change, by: Pick<AuditEntry, "at" | "actor">) {
  const counts = { photos: sql`changes()` };
  const note = (action: AuditEntry["action"], detail: AuditEntry["detail"]) =>
    noteAuditWhere(db, { ...by, action, detail }, sql`changes() > 0`, counts);
  if (label !== undefined) return note("example.relabel", { to: label });
  return purpose === undefined ? note("example.confirm", {}) : note("testSet.change", { purpose });
}
