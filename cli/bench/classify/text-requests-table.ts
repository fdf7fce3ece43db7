/** The figures of text requests in Markdown, as docs/benchmarks.md shows them. Pure. */
import type { Spread } from "./request-timing.ts";
import { CLIENTS, type TextRequestFigures } from "./text-requests.ts";

/** One row a length, and a line for the rest. */
export function describeTextRequests({ name, lengths, coldStartMs, memory }: TextRequestFigures): string {
  const describe = ({ p50, p95 }: Spread) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
  return [
    `| ${name}, ms, p50 / p95 | bare \`session.run\`, in workerd | whole request | **whole / bare** |`,
    "| --- | --: | --: | --: |",
    ...lengths.map(
      ({ words, bare, whole, wholeOverBare }) =>
        `| ${words} words | ${describe(bare)} | ${describe(whole)} | ${wholeOverBare.toFixed(2)} |`,
    ),
    "",
    `First text of a cold process: ${coldStartMs.map((ms) => ms.toFixed(0)).join(", ")} ms. ` +
      `${CLIENTS} clients at once, ${memory.answered} texts of 200 words: the isolate held at most ` +
      `${(memory.peakBytes / 1e6).toFixed(1)} MB in ${memory.samples} samples.`,
  ].join("\n");
}
