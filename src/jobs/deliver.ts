/**
 * Sends webhooks their messages. They take turns, one message each, several at once: a receiver that is slow or down costs its own
 * turns and nobody else's, and one that fails has no second turn in the same job.
 */
import { noteLongQueue } from "../store/webhook/note-event.ts";
import { claimNext, listDueWebhooks } from "../store/webhook/webhook-deliveries.ts";
import { type AttemptServices, attempt } from "../webhooks/send.ts";

/** A Worker waits for the headers of six answers at once; more would stand in line. */
const CALLS_AT_ONCE = 6;
/** Calls of one job: with the two queries around each, well under the 1,000 that a Worker may send. */
const MAX_CALLS = 150;
/** No attempt begins later than this after the job has; what is left is the next one's. */
const MAX_JOB_MS = 60_000;

/** What one job did. */
export interface DeliveryReport {
  readonly sent: number;
  readonly failed: number;
}

/** One query where there are no webhooks, two where nothing is due. Rejects when the database fails. */
export async function deliverWebhooks(services: AttemptServices): Promise<DeliveryReport> {
  const { db, clock } = services;
  const startedAt = clock();
  await noteLongQueue(db, startedAt);
  const turns = await listDueWebhooks(db, startedAt);
  const report = { sent: 0, failed: 0 };
  let calls = 0;
  const takeTurns = async () => {
    for (let id = turns.shift(); id !== undefined; id = turns.shift()) {
      if (calls >= MAX_CALLS || clock() - startedAt >= MAX_JOB_MS) return;
      const claimed = await claimNext(db, id, clock());
      if (claimed === null) continue;
      calls += 1;
      const { fault } = await attempt(services, claimed);
      if (fault === null) turns.push(id);
      report[fault === null ? "sent" : "failed"] += 1;
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, takeTurns));
  return report;
}
