/**
 * The text that Prometheus scrapes: exposition format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). The figures come from the
 * database, not from counters of a process, so the clients that keep such counters have nothing to add here. Pure.
 */

/** One line: the labels of a sample and its value. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One family of samples under one name. */
export interface Metric {
  /** `[a-zA-Z_:][a-zA-Z0-9_:]*`, with its unit and, for a counter, `_total` at the end. */
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  /** None, and the metric is left out: there is nothing to say. */
  readonly samples: readonly Sample[];
}

/** The content type by which Prometheus recognises the format. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** The metrics in their order. Samples of one metric must differ in their labels. */
export function formatMetrics(metrics: readonly Metric[]): string {
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .map(formatMetric)
    .join("");
}

function formatMetric({ name, help, type, samples }: Metric): string {
  const lines = samples.map(({ labels = {}, value }) => `${name}${formatLabels(labels)} ${formatValue(value)}\n`);
  return [`# HELP ${name} ${escapeText(help)}\n`, `# TYPE ${name} ${type}\n`, ...lines].join("");
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(
    ([label, value]) => `${label}="${escapeText(value).replaceAll('"', '\\"')}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** In a help text a backslash and a line feed are escaped; in a label's value a double quote too. */
function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

/** As Go's ParseFloat reads it. */
function formatValue(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? "+Inf" : "-Inf";
}
