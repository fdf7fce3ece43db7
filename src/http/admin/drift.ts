/** `GET /v1/admin/drift`: what the answers of the last days were like, and whether that has changed. */
import { overviewOperations } from "../../operations/overview.ts";
import type { Services } from "../../services.ts";
import { type AnswerCounts, type AnswerDay, addUp, meanEntropy, unknownShare } from "../../shared/answer-counts.ts";
import { type Drift, judgeDrift, toDate } from "../../shared/drift.ts";
import { ok } from "../../shared/result.ts";
import { dayOf } from "../../shared/time.ts";
import { listAnswerDays } from "../../store/answer-days.ts";
import { serve } from "../serve.ts";

/** Of `overviewOperations`. */
export const driftHandlers = [serve(overviewOperations.readDrift, async (c) => ok(await readDrift(c.get("services"))))];

/** Newest day first, from the first one with answers on, with those that had none. */
async function readDrift({ db, answerCounter, clock }: Services) {
  const today = dayOf(clock());
  const stored = await listAnswerDays(db, today);
  const rows = [...stored, ...answerCounter.pending()];
  return { days: listDays(rows, today), ...toBody(judgeDrift(rows, today)) };
}

function listDays(rows: readonly AnswerDay[], today: number) {
  const byDay = Map.groupBy(rows, ({ day }) => day);
  const first = Math.min(today + 1, ...byDay.keys());
  const days = Array.from({ length: today + 1 - first }, (_, i) => today - i);
  return days.map((day) => ({ date: toDate(day), ...describe(addUp(byDay.get(day) ?? [])) }));
}

function toBody({ baseline: { days, ...counts }, warning }: Drift) {
  return { baseline: { days, ...describe(counts) }, warning };
}

function describe(counts: AnswerCounts) {
  return { answers: counts.answers, unknownShare: unknownShare(counts), meanEntropy: meanEntropy(counts) };
}
