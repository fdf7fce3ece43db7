/** The parts of `npm run bench -- classify` that need no server: statistics, photos, runtimes, the table. */
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { makeBenchPhotos } from "../../cli/bench/classify/bench-photos.ts";
import { describeClassify } from "../../cli/bench/classify/classify-table.ts";
import type { RequestFigures } from "../../cli/bench/classify/request-timing.ts";
import { compareRuntimes } from "../../cli/bench/classify/runtimes.ts";
import { describeTextRequests } from "../../cli/bench/classify/text-requests-table.ts";
import { writeText } from "../../cli/bench/classify/write-text.ts";
import { median, medianRatio, quantile } from "../../cli/bench/quantile.ts";
import { MODELS_DIR } from "../../cli/shared/project-paths.ts";
import { readImageHeader } from "../../src/image/header.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";

describe("the statistics of a benchmark", () => {
  it("are the middle, a share from below, and the middle of the ratios of pairs", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(quantile([5, 1, 4, 2, 3], 0.95)).toBe(5);
    expect(medianRatio([10, 2, 30], [10, 1, 10])).toBe(2);
    expect(median([])).toBeNaN();
  });
});

describe("the photos of a benchmark", () => {
  it("are JPEGs of 320 x 320 pixels and of two megapixels, no two of a class the same", async () => {
    const { small, large, classes } = await makeBenchPhotos();
    expect(readImageHeader(small)).toMatchObject({ ok: true, value: { format: "jpeg", width: 320, height: 320 } });
    expect(readImageHeader(large)).toMatchObject({ ok: true, value: { format: "jpeg", width: 1_600, height: 1_250 } });
    const all = classes.flat().map((bytes) => Buffer.from(bytes).toString("base64"));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("the texts of a benchmark", () => {
  it.each([1, 10, 40, 200])("have %i words, and are another text for another mark", (words) => {
    const texts = ["a 1", "a 2", "b 1"].map((mark) => writeText(words, mark));
    expect(texts.map((text) => text.split(" ").length)).toEqual([words, words, words]);
    expect(new Set(texts).size).toBe(3);
    expect(writeText(words, "a 1")).toBe(texts[0]);
  });
});

describe("runtimes side by side", () => {
  it("embed the shipped backbone alike", async () => {
    vi.spyOn(console, "error").mockReturnValue(); // says which ones are not installed
    const { manifest } = await readOwnBackbone();
    const figures = await compareRuntimes({ manifest, file: path.join(MODELS_DIR, manifest.file) }, 3);
    const names = figures.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["headstart", "onnxruntime-web as shipped"]));
    for (const { name, p50, cosine } of figures) {
      expect(p50, name).toBeGreaterThan(0);
      expect(cosine, name).toBeGreaterThan(0.9999);
    }
  });
});

describe("the table", () => {
  it("has a column per backbone and a table per backbone's runtimes", () => {
    const spread = { p50: 10, p95: 12.34 };
    const requests: RequestFigures = {
      bare: spread,
      own: spread,
      handler: spread,
      whole320: spread,
      whole2Megapixels: spread,
      repeated: spread,
      health: spread,
      wholeOverBare: 1.234,
      handlerOverBare: 1,
      wholeOverOwn: 2,
      ownOverBare: 0.5,
      requestsPerSecond: { oneClient: 50, eightClients: 60 },
      cpuMsPerRequest: 15,
      cpuMsOfHandler: 12,
      dollarsPerMillion: 0.6,
    };
    const runtimes = [{ name: "headstart" as const, p50: 6, p95: 7, oursOver: 1, cosine: 1 }];
    const coldStartMs = { cold: [100, 90.4], visited: [20] };
    const lines = describeClassify([{ name: "tiny", requests, coldStartMs, runtimes }]).split("\n");
    expect(lines).toContain("| ms, p50 / p95 | tiny |");
    expect(lines).toContain("| whole request, 320-px JPEG | 10.0 / 12.3 |");
    expect(lines).toContain("| **whole (320 px) / bare `session.run`** | 1.23 |");
    expect(lines).toContain("| first photo of a cold process, ms | 100, 90 |");
    expect(lines).toContain("| requests per second, 1 client; 8 clients | 50; 60 |");
    expect(lines).toContain("| headstart | 6.0 | 7.0 | 1.00 | 1.00000000 |");
  });

  it("has a row for each length of a text, and says what the isolate held", () => {
    const [bare, whole] = [
      { p50: 8, p95: 9.87 },
      { p50: 10, p95: 12.34 },
    ];
    const lines = describeTextRequests({
      name: "tiny",
      lengths: [{ words: 10, bare, whole, wholeOverBare: 1.25 }],
      coldStartMs: [812.4, 900],
      memory: { peakBytes: 96_870_000, samples: 16, answered: 96 },
    }).split("\n");
    expect(lines).toContain("| 10 words | 8.0 / 9.9 | 10.0 / 12.3 | 1.25 |");
    expect(lines.at(-1)).toContain(
      "812, 900 ms. 8 clients at once, 96 texts of 200 words: the isolate held at most 96.9 MB",
    );
  });
});
