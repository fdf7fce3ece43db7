/** The classification benchmark in Markdown, as docs/benchmarks.md shows it. Pure. */
import { PRICE, type RequestFigures, type Spread } from "./request-timing.ts";
import type { RuntimeFigures } from "./runtimes.ts";

export interface ClassifyFigures {
  /** Of the backbone. */
  readonly name: string;
  readonly requests: RequestFigures;
  /** The first photo of fresh processes, at once and after a visit of the form. */
  readonly coldStartMs: { readonly cold: readonly number[]; readonly visited: readonly number[] };
  readonly runtimes: readonly RuntimeFigures[];
}

/** One table of requests with a column per backbone, and one of runtimes per backbone. */
export function describeClassify(figures: readonly ClassifyFigures[]): string {
  const rows: [string, (figures: ClassifyFigures) => string][] = [
    ["ONNX Runtime's bare `session.run`, in workerd", ({ requests }) => describe(requests.bare)],
    ["our kernels alone, in workerd", ({ requests }) => describe(requests.own)],
    ["the handler, without HTTP", ({ requests }) => describe(requests.handler)],
    ["whole request, 320-px JPEG", ({ requests }) => describe(requests.whole320)],
    ["the same bytes again", ({ requests }) => describe(requests.repeated)],
    ["whole request, 2-megapixel JPEG", ({ requests }) => describe(requests.whole2Megapixels)],
    ["`GET /v1/health`", ({ requests }) => describe(requests.health)],
    ["**whole (320 px) / bare `session.run`**", ({ requests }) => requests.wholeOverBare.toFixed(2)],
    ["handler / bare `session.run`", ({ requests }) => requests.handlerOverBare.toFixed(2)],
    ["whole (320 px) / our kernels alone", ({ requests }) => requests.wholeOverOwn.toFixed(2)],
    ["our kernels / bare `session.run`", ({ requests }) => requests.ownOverBare.toFixed(2)],
    ["first photo of a cold process, ms", ({ coldStartMs }) => describeAll(coldStartMs.cold)],
    ["the same after the form asked for the menu, ms", ({ coldStartMs }) => describeAll(coldStartMs.visited)],
    ["requests per second, 1 client; 8 clients", ({ requests }) => describeRates(requests)],
    ["CPU ms per request: workerd; handler alone", ({ requests }) => describeCpu(requests)],
    [
      `dollars per million ($${PRICE.perMillionRequests} + $${PRICE.perMillionCpuMs} per million CPU ms)`,
      ({ requests }) => requests.dollarsPerMillion.toFixed(2),
    ],
  ];
  const requestTable = [
    row(["ms, p50 / p95", ...figures.map(({ name }) => name)]),
    row(["---", ...figures.map(() => "--:")]),
    ...rows.map(([name, cell]) => row([name, ...figures.map(cell)])),
  ];
  return [...requestTable, ...figures.flatMap(({ name, runtimes }) => ["", ...describeRuntimes(name, runtimes)])].join(
    "\n",
  );
}

function describeRuntimes(name: string, runtimes: readonly RuntimeFigures[]): string[] {
  return [
    row([name, "p50, ms", "p95, ms", "ours / it", "cosine with ours"]),
    row(["---", "--:", "--:", "--:", "--:"]),
    ...runtimes.map((runtime) => {
      const numbers = [runtime.p50.toFixed(1), runtime.p95.toFixed(1), runtime.oursOver.toFixed(2)];
      return row([runtime.name, ...numbers, runtime.cosine.toFixed(8)]);
    }),
  ];
}

function describe({ p50, p95 }: Spread): string {
  return `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
}

function describeAll(values: readonly number[]): string {
  return values.map((ms) => ms.toFixed(0)).join(", ");
}

function describeRates({ requestsPerSecond: { oneClient, eightClients } }: RequestFigures): string {
  return `${oneClient.toFixed(0)}; ${eightClients.toFixed(0)}`;
}

function describeCpu({ cpuMsPerRequest, cpuMsOfHandler }: RequestFigures): string {
  return `${cpuMsPerRequest.toFixed(1)}; ${cpuMsOfHandler.toFixed(1)}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
