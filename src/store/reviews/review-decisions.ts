/**
 * Decisions on corrections. Each happens once: its statements look again at what waits, so that of two people who decide at the
 * same time, or a person and a job, only one has their way. A decided correction keeps its embedding and its picture for a day,
 * so that staff can undo the decision; then the nightly job deletes them.
 */
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { decidedAlready, noSuchCorrection } from "../../shared/english/labels.ts";
import { itemOfCorrectionArchived, noSuchItemOfCorrection } from "../../shared/english/menu.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type AuditEntry, noteAudit } from "../audit-log.ts";
import { type Database, jsonList, type Statement } from "../database.ts";
import { relabelKnown } from "../labels/labels.ts";
import { explainOffMenu, isLabel } from "../menu/menu-guard.ts";
import { keepPreviews } from "../pictures/pictures.ts";
import { classes, examples, reviewDecisions, reviews } from "../schema.ts";
import { describeBackboneMismatch } from "../second-backbone/backbone-guard.ts";
import { keepDecidedLeft } from "../second-backbone/second-embeddings.ts";

/** Staff's decision on all corrections of one sample to one label. `to` is the label of a relabelling. */
export interface ReviewDecision {
  readonly photo: string;
  readonly label: string;
  readonly decision: "accept" | "reject" | "relabel";
  readonly to?: string | undefined;
}

/** "Not on the menu" as a target: always there. */
const NONE = { id: NONE_ID, archivedAt: null, deletedAt: null };

/**
 * Carries out up to `MAX_DECISIONS` decisions; one result per decision, in order. Three queries and one transaction. To
 * accept a label of a sample, or to relabel it, makes the sample an example and rejects every other label that waits for it;
 * `keepsPictures`: with what staff saw of it.
 */
export async function decideReviews(
  db: Database,
  decisions: readonly ReviewDecision[],
  actor: string,
  now: number,
  { keepsPictures }: { readonly keepsPictures: boolean } = { keepsPictures: false },
): Promise<Result<void, Problem>[]> {
  const { check, isLeft } = await prepareCheck(db, decisions);
  const judged = decisions.map((decision) => ({ decision, verdict: check(decision) }));
  const valid = judged.filter(({ verdict }) => verdict.ok).map(({ decision }) => decision);
  const inserts = valid.flatMap((decision) =>
    decision.decision === "reject" ? [] : insertDecided(db, decision, isLeft(decision), actor, now),
  );
  const closings = valid.map((decision) => closeReviews(db, decision, now));
  if (valid.length === 0) return judged.map(({ verdict }) => verdict);
  const entry: AuditEntry = { at: now, actor, action: "reviews.decide", detail: countKinds(valid) };
  const records = valid.map((decision) => recordDecision(db, decision, now));
  const photos = valid.filter(({ decision }) => decision !== "reject").map(({ photo }) => photo);
  const kept = keepsPictures && photos.length > 0 ? [keepPreviews(db, "reviews", photos)] : [];
  const before = [...records, ...inserts, ...kept];
  const closed = (await db.batch([noteAudit(db, entry), ...before, ...closings])).slice(1 + before.length);
  const isEmpty = (rows: unknown) => Array.isArray(rows) && rows.length === 0;
  const tooLate = await explainTooLate(
    db,
    valid.filter((_, i) => isEmpty(closed[i])),
  );
  return judged.map(({ decision, verdict }) => {
    const why = tooLate.get(decision);
    return why === undefined ? verdict : err(why);
  });
}

/** Why decisions that had passed the check changed nothing: somebody else was at the correction, or at the menu. */
async function explainTooLate(
  db: Database,
  decisions: readonly ReviewDecision[],
): Promise<Map<ReviewDecision, Problem>> {
  if (decisions.length === 0) return new Map();
  const rows = await db
    .select({ photo: reviews.sampleId, label: reviews.classId, status: reviews.status })
    .from(reviews)
    .where(inArray(reviews.sampleId, jsonList(decisions.map(({ photo }) => photo))));
  const why = new Map<ReviewDecision, Problem>();
  for (const decision of decisions) {
    const left = rows.filter(({ photo, label }) => photo === decision.photo && label === decision.label);
    if (left.length === 0) why.set(decision, noSuchCorrection());
    else if (left.every(({ status }) => status !== "pending")) why.set(decision, decidedAlready());
    else why.set(decision, await explainOffMenu(db, targetOf(decision)));
  }
  return why;
}

function countKinds(decisions: readonly ReviewDecision[]) {
  const of = (kind: ReviewDecision["decision"]) => decisions.filter(({ decision }) => decision === kind).length;
  return { accept: of("accept"), relabel: of("relabel"), reject: of("reject") };
}

/** Reads all that the decisions must be judged by, and returns the judge, who remembers what has passed. */
async function prepareCheck(db: Database, decisions: readonly ReviewDecision[]) {
  const [rows, items, [stored]] = await db.batch([
    db
      .select({ photo: reviews.sampleId, label: reviews.classId, backboneId: reviews.backboneId })
      .from(reviews)
      .where(inArray(reviews.sampleId, jsonList(decisions.map(({ photo }) => photo)))),
    db
      .select({ id: classes.id, archivedAt: classes.archivedAt, deletedAt: classes.deletedAt })
      .from(classes)
      .where(inArray(classes.id, jsonList(decisions.map(targetOf)))),
    db
      .select({ backboneId: examples.backboneId, second: sql<string | null>`(SELECT backbone_id FROM second_slot)` })
      .from(examples)
      .limit(1),
  ]);
  const sent = new Map(rows.map((row) => [`${row.photo}/${row.label}`, row]));
  const targets = new Map(items.map((item) => [item.id, item]));
  const settled = new Set<string>();
  const left = new Set<ReviewDecision>();

  function check(decision: ReviewDecision): Result<void, Problem> {
    const { photo, label } = decision;
    const key = `${photo}/${label}`;
    const correction = sent.get(key);
    if (correction === undefined) return err(noSuchCorrection());
    if (settled.has(photo) || settled.has(key)) return err(decidedAlready());
    settled.add(decision.decision === "reject" ? key : photo);
    if (decision.decision === "reject") return ok(undefined);
    const target = targetOf(decision) === NONE_ID ? NONE : targets.get(targetOf(decision));
    if (target === undefined || target.deletedAt !== null) {
      return err(noSuchItemOfCorrection({ item: targetOf(decision) }));
    }
    if (target.archivedAt !== null) {
      return err(itemOfCorrectionArchived({ item: target.id }));
    }
    if (stored === undefined || stored.backboneId === correction.backboneId) return ok(undefined);
    if (stored.second !== correction.backboneId)
      return err(describeBackboneMismatch(stored.backboneId, correction.backboneId));
    left.add(decision);
    return ok(undefined);
  }
  return { check, isLeft: (decision: ReviewDecision) => left.has(decision) };
}

function targetOf({ label, to }: ReviewDecision): string {
  return to ?? label;
}

/** A label is given to items of the menu only; anything may be rejected. */
function isPossible(decision: ReviewDecision): SQL {
  return decision.decision === "reject" ? sql`true` : isLabel(targetOf(decision));
}

/** The statement that notes what the sample was before, so that somebody can undo the decision. */
function recordDecision(db: Database, decision: ReviewDecision, now: number) {
  const { photo, label } = decision;
  const before = (column: SQL) => sql`(SELECT ${column} FROM examples WHERE examples.sample_id = ${photo})`;
  const target = decision.decision === "reject" ? null : targetOf(decision);
  return db
    .insert(reviewDecisions)
    .select(
      sql`SELECT sample_id, class_id, ${now}, ${target}, ${before(sql`class_id`)}, ${before(sql`labelled_at`)}, ${before(sql`confirmed_at`)}, ${before(sql`labelled_by`)}
        FROM reviews WHERE sample_id = ${photo} AND class_id = ${label} AND status = 'pending' AND ${isPossible(decision)} LIMIT 1`,
    )
    .onConflictDoUpdate({
      target: [reviewDecisions.sampleId, reviewDecisions.classId],
      set: {
        decidedAt: sql`excluded.decided_at`,
        target: sql`excluded.target`,
        beforeClass: sql`excluded.before_class`,
        beforeLabelledAt: sql`excluded.before_labelled_at`,
        beforeConfirmedAt: sql`excluded.before_confirmed_at`,
        beforeLabelledBy: sql`excluded.before_labelled_by`,
      },
    });
}

/**
 * The statement that makes the sample an example of the label decided on, while its correction waits. Of several that say
 * the same, the embedding that the server made counts before a device's, then the one that came first.
 */
function insertDecidedExample(db: Database, decision: ReviewDecision, actor: string, now: number) {
  const { photo, label } = decision;
  return db
    .insert(examples)
    .select(
      sql`SELECT sample_id, backbone_id, ${targetOf(decision)}, NULL, embedding, scale, 'guest', contributor, origin, ${now}, ${now}, NULL, ${actor}, place, 'learn', 0
        FROM reviews WHERE sample_id = ${photo} AND class_id = ${label} AND status = 'pending' AND ${isPossible(decision)}
        ORDER BY origin DESC, created_at LIMIT 1`,
    )
    .onConflictDoUpdate(relabelKnown(now, { contributor: actor, authority: "staff" }))
    .returning({ sampleId: examples.sampleId });
}

/** What has an embedding of the other backbone alone changes the label of a known sample, and else is left behind with its own. */
function insertDecided(
  db: Database,
  decision: ReviewDecision,
  isLeft: boolean,
  actor: string,
  now: number,
): Statement[] {
  if (!isLeft) return [insertDecidedExample(db, decision, actor, now)];
  return keepDecidedLeft(db, { ...decision, target: targetOf(decision) }, isPossible(decision), actor, now);
}

/** The statement that closes what the decision settles: a row per correction, none when it was decided before. */
function closeReviews(db: Database, decision: ReviewDecision, now: number) {
  const { photo, label } = decision;
  const isPending = and(eq(reviews.sampleId, photo), eq(reviews.status, sql`'pending'`));
  const isAccepted = inArray(reviews.classId, [label, targetOf(decision)]);
  const close = (status: "rejected" | ReturnType<typeof sql>) =>
    db.update(reviews).set({ status, decidedAt: now, decidedWith: label });
  const closing =
    decision.decision === "reject"
      ? close("rejected").where(and(isPending, eq(reviews.classId, label)))
      : close(sql`CASE WHEN ${isAccepted} THEN 'accepted' ELSE 'rejected' END`).where(
          and(
            isPending,
            isPossible(decision),
            sql`EXISTS (SELECT 1 FROM reviews AS it WHERE it.sample_id = ${photo} AND it.class_id = ${label} AND it.status = 'pending')`,
          ),
        );
  return closing.returning({ sampleId: reviews.sampleId });
}
