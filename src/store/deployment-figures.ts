/** The figures of a deployment that a monitor asks for every few seconds, at a cost that does not grow with the labels. */
import { and, count, desc, eq, isNull, sql } from "drizzle-orm";
import type { RecordedOutcome } from "../shared/closed-lists.ts";
import type { Database } from "./database.ts";
import { IS_MISPLACED } from "./learning/pending-labels.ts";
import { IS_ITEM } from "./menu/menu.ts";
import { selectPendingCount } from "./reviews/reviews.ts";
import { classes, classSums, deployment, examples, heads, statistics, trainingRuns } from "./schema.ts";
import { addWebhookFigures, selectWebhookFigures, type WebhookFigures } from "./webhook/webhooks.ts";

/** Labels that wait are counted up to here: a larger backlog is not worth its rows. */
export const MAX_COUNTED_LABELS = 1_000;

/** Times are Unix ms. */
export interface DeploymentFigures {
  readonly items: { readonly active: number; readonly archived: number };
  /** Examples that the statistics hold, by item, in the order of the ids. */
  readonly examples: readonly { readonly classId: string; readonly count: number }[];
  /** Examples taken in as "not on the menu". */
  readonly strangers: number;
  /** `MAX_COUNTED_LABELS` stands for that many or more. */
  readonly labelsWaiting: number;
  readonly reviewsWaiting: number;
  readonly isHeld: boolean;
  readonly webhooks: WebhookFigures;
  /** Null while there is none. `accuracy` is the leave-one-out one, null where there were too few examples. */
  readonly head: { readonly version: number; readonly createdAt: number; readonly accuracy: number | null } | null;
  /** The newest run that did something or failed. */
  readonly lastRun: {
    readonly startedAt: number;
    readonly durationMs: number;
    readonly outcome: RecordedOutcome;
  } | null;
}

/**
 * Seven statements in one call. Reads one row per item twice, up to `MAX_COUNTED_LABELS` labels and `MAX_PENDING_REVIEWS` corrections that
 * wait, the webhooks and what waits for them, and three rows more.
 */
export async function readDeploymentFigures(db: Database): Promise<DeploymentFigures> {
  const waiting = db.select({ one: sql`1` }).from(examples).where(IS_MISPLACED).limit(MAX_COUNTED_LABELS).as("waiting");
  const [[items], sums, [labels], [corrections], [live], [lastRun], hooks] = await db.batch([
    db
      .select({ all: count(), archived: count(classes.archivedAt) })
      .from(classes)
      .where(and(isNull(classes.deletedAt), IS_ITEM)),
    db
      .select({ classId: classSums.classId, count: classSums.count })
      .from(classSums)
      .where(eq(classSums.slot, "current"))
      .orderBy(classSums.classId),
    db.select({ count: count() }).from(waiting),
    selectPendingCount(db),
    db
      .select({
        isHeld: deployment.isHeld,
        strangers: sql<number>`coalesce((SELECT max(strangers) FROM ${statistics}), 0)`,
        version: heads.version,
        createdAt: heads.createdAt,
        evaluation: heads.evaluation,
      })
      .from(deployment)
      .leftJoin(heads, eq(heads.version, deployment.liveHead))
      .where(eq(deployment.id, 1)),
    db
      .select({
        startedAt: trainingRuns.startedAt,
        durationMs: trainingRuns.durationMs,
        outcome: trainingRuns.outcome,
      })
      .from(trainingRuns)
      .orderBy(desc(trainingRuns.id))
      .limit(1),
    selectWebhookFigures(db),
  ]);
  const { isHeld, strangers, version, createdAt, evaluation } = live;
  return {
    items: { active: items.all - items.archived, archived: items.archived },
    examples: sums,
    strangers,
    labelsWaiting: labels.count,
    reviewsWaiting: corrections.count,
    isHeld,
    webhooks: addWebhookFigures(hooks),
    head:
      version === null || createdAt === null ? null : { version, createdAt, accuracy: evaluation?.accuracy ?? null },
    lastRun: lastRun ?? null,
  };
}
