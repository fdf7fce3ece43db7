/**
 * `GET /v1/admin/metrics`: the deployment's figures for Prometheus. Eight statements a scrape. Figures of the database are those of the whole
 * deployment; `headstart_isolate_...` are those of the isolate that happened to answer. Times are points in time, so that an age is `time() - x`.
 */
import { overviewOperations } from "../../operations/overview.ts";
import type { Services } from "../../services.ts";
import { RECORDED_OUTCOMES } from "../../shared/closed-lists.ts";
import {
  type AnswerCounts,
  type AnswerDay,
  addUp,
  DRIFT_CODES,
  type Drift,
  judgeDrift,
  meanEntropy,
  toDate,
  unknownShare,
} from "../../shared/drift.ts";
import { ok } from "../../shared/result.ts";
import { dayOf } from "../../shared/time.ts";
import { listAnswerDays } from "../../store/answers/answer-days.ts";
import { type DeploymentFigures, MAX_COUNTED_LABELS, readDeploymentFigures } from "../../store/deployment-figures.ts";
import { WEBHOOK_STATES } from "../../store/webhook/tables.ts";
import { serve } from "../serve.ts";
import { formatMetrics, METRICS_TYPE, type Metric, type Sample } from "./metrics-text.ts";

/** Mounted at `/v1/admin/metrics`; answers in Prometheus's text format. */
export const metricsHandlers = [
  serve(overviewOperations.readMetrics, async (c) => {
    const services = c.get("services");
    const today = dayOf(services.clock());
    const [figures, days] = await Promise.all([readDeploymentFigures(services.db), listAnswerDays(services.db, today)]);
    const metrics = [
      ...describeMenu(figures),
      ...describeHead(figures),
      ...describeRun(figures),
      ...describeWebhooks(figures),
      ...describeAnswers(days, today),
      ...describeIsolate(services),
    ];
    return c.body(formatMetrics(metrics), 200, { "content-type": METRICS_TYPE, "cache-control": "no-store" });
  }),
];

function describeMenu({ items, examples, strangers, labelsWaiting, reviewsWaiting }: DeploymentFigures): Metric[] {
  return [
    gauge("headstart_items", "Items, by state.", [
      { labels: { state: "active" }, value: items.active },
      { labels: { state: "archived" }, value: items.archived },
    ]),
    gauge(
      "headstart_examples",
      "Examples that the statistics hold, by the id of their item.",
      examples.map(({ classId, count }) => ({ labels: { item: classId }, value: count })),
    ),
    gauge("headstart_strangers", 'Examples labelled "not on the menu" that a run has taken in.', strangers),
    gauge(
      "headstart_labels_waiting",
      `Labels that wait for a training run; ${MAX_COUNTED_LABELS} stands for that many or more.`,
      labelsWaiting,
    ),
    gauge("headstart_reviews_waiting", "Corrections of guests that wait for staff.", reviewsWaiting),
  ];
}

function describeHead({ head, isHeld }: DeploymentFigures): Metric[] {
  return [
    gauge("headstart_head_version", "Number of the live head.", head?.version),
    gauge("headstart_head_published_timestamp_seconds", "When the live head was made.", seconds(head?.createdAt)),
    gauge("headstart_head_accuracy_ratio", "Its leave-one-out accuracy.", head?.accuracy),
    gauge("headstart_head_held", "1 while new heads wait for an admin.", Number(isHeld)),
  ];
}

function describeRun({ lastRun }: DeploymentFigures): Metric[] {
  const outcomes = lastRun === null ? [] : RECORDED_OUTCOMES;
  return [
    gauge(
      "headstart_training_run_started_timestamp_seconds",
      "When the newest training run began that did something or failed.",
      seconds(lastRun?.startedAt),
    ),
    gauge("headstart_training_run_duration_seconds", "How long it took.", seconds(lastRun?.durationMs)),
    gauge(
      "headstart_training_run_outcome",
      "1 for the outcome that it had.",
      outcomes.map((outcome) => ({ labels: { outcome }, value: Number(lastRun?.outcome === outcome) })),
    ),
  ];
}

function describeWebhooks({ webhooks: { byState, failing, waiting, waitingTried } }: DeploymentFigures): Metric[] {
  return [
    gauge(
      "headstart_webhooks",
      "Webhooks; only those that are on are called, the gone and the dead were given up.",
      WEBHOOK_STATES.map((state) => ({ labels: { state }, value: byState[state] })),
    ),
    gauge("headstart_webhooks_failing", "Webhooks whose newest attempt failed.", failing),
    gauge("headstart_webhook_messages_waiting", "Messages that wait to be delivered.", waiting),
    gauge("headstart_webhook_messages_failed", "Those of them that were tried in vain.", waitingTried),
  ];
}

/**
 * Counts only what is in the database. With the answers of one isolate on top, a counter would fall as soon as another isolate is scraped,
 * and Prometheus takes that for a reset.
 */
function describeAnswers(days: readonly AnswerDay[], today: number): Metric[] {
  const { answers, unknown } = addUp(days.filter(({ day }) => day === today));
  const { warning } = judgeDrift(days, today);
  return [
    counter("headstart_answers_total", "Photos that live heads answered since midnight UTC.", answers),
    counter("headstart_answers_unknown_total", "Those of them that were unknown.", unknown),
    gauge(
      "headstart_drift_warning",
      "1 for the warning that the drift watch gives.",
      DRIFT_CODES.map((code) => ({ labels: { code }, value: Number(warning?.code === code) })),
    ),
  ];
}

function describeIsolate({ startedAt, answerCounter }: Services): Metric[] {
  return [
    gauge("headstart_isolate_start_timestamp_seconds", "When this isolate began to serve.", seconds(startedAt)),
    gauge(
      "headstart_isolate_answers_waiting",
      "Answers that this isolate has counted and not yet brought to the database.",
      addUp(answerCounter.pending()).answers,
    ),
  ];
}

/** Of one value, absent or null where there is none, or of samples with labels. */
function gauge(name: string, help: string, values: readonly Sample[] | number | null | undefined): Metric {
  if (typeof values === "number") return { name, help, type: "gauge", samples: [{ value: values }] };
  return { name, help, type: "gauge", samples: values ?? [] };
}

function counter(name: string, help: string, value: number): Metric {
  return { name, help, type: "counter", samples: [{ value }] };
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1_000;
}

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
