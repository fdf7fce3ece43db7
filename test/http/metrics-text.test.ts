/** The text is judged by a parser that others wrote and, line by line, by the grammar of the format. */
import parse from "parse-prometheus-text-format";
import { describe, expect, it } from "vitest";
import { formatMetrics, type Metric, type Sample } from "../../src/http/operator/metrics-text.ts";
import { createRandom } from "../support/random.ts";

const gauge = (samples: readonly Sample[], help = "Something."): Metric => ({
  name: "a_b",
  help,
  type: "gauge",
  samples,
});

/** The line formats of prometheus.io/docs/instrumenting/exposition_formats, escapes and numbers of Go included. */
const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const NUMBER = "(?:NaN|[+-]Inf|-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)";
const LINE = new RegExp(
  `^(?:# HELP ${NAME} (?:[^\\\\\\n]|\\\\[\\\\n])*|# TYPE ${NAME} (?:counter|gauge)|${NAME}(?:\\{${LABEL}(?:,${LABEL})*\\})? ${NUMBER})$`,
);

describe("metrics as text", () => {
  it("are written as the format's own example of a gauge", () => {
    const metrics: Metric[] = [
      { name: "up_total", help: "How often.", type: "counter", samples: [{ value: 3 }] },
      gauge([{ labels: { path: "C:\\DIR\\FILE.TXT", error: 'Cannot find file:\n"FILE.TXT"' }, value: 1.458255915e9 }]),
    ];
    expect(formatMetrics(metrics)).toBe(
      [
        "# HELP up_total How often.",
        "# TYPE up_total counter",
        "up_total 3",
        "# HELP a_b Something.",
        "# TYPE a_b gauge",
        'a_b{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1458255915',
        "",
      ].join("\n"),
    );
  });

  it("leave out what has no words, and say nothing of nothing", () => {
    expect(formatMetrics([gauge([])])).toBe("");
    expect(formatMetrics([])).toBe("");
  });

  it("write every number as Go reads it", () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e21, 1.5e-9, -2.25, 1 / 3];
    const text = formatMetrics([gauge(values.map((value, i) => ({ labels: { i: String(i) }, value })))]);
    const written = [...text.matchAll(/^a_b.* (\S+)$/gm)].map(([, number]) => number);
    expect(written).toEqual(["NaN", "+Inf", "-Inf", "0", "0", "1e+21", "1.5e-9", "-2.25", "0.3333333333333333"]);
    for (const line of text.trimEnd().split("\n")) expect(line).toMatch(LINE);
  });

  it("bring any label and help text through a parser unchanged, and one sample per line", () => {
    const random = createRandom("labels");
    const pieces = ["\\", '"', "\n", "\\n", "{", "}", ",", "=", " ", "#", "é", "四チーズ", "x", "\r", "\t"];
    const draw = () =>
      Array.from({ length: Math.floor(random() * 8) }, () => pieces[Math.floor(random() * pieces.length)]).join("");
    for (let round = 0; round < 500; round++) {
      const labels = { item: draw(), other: draw() };
      const text = formatMetrics([gauge([{ labels, value: round }, { value: 1 }], `x${draw()}x`)]);
      const lines = text.slice(0, -1).split("\n");
      expect(lines).toHaveLength(4);
      for (const line of lines) expect(line).toMatch(LINE);
      const [metric] = parse(text);
      expect(metric.metrics[0]).toEqual({ value: String(round), labels });
    }
  });

  it("are refused by that grammar and that parser when an escape is missing", () => {
    const broken = 'a_b{item="a"b"} 1';
    expect(broken).not.toMatch(LINE);
    expect(() => parse(`# TYPE a_b gauge\n${broken}\n`)).toThrow("invalid line");
  });
});
