/** The figures of the backbones as a Markdown table. */
import type { MenuAccuracy } from "./menu-accuracy.ts";

/** What one photo costs in one runtime. */
export interface RuntimeCost {
  /** Median wall time. */
  readonly ms: number;
  /** Median over the rounds of this time by MobileNetV2 1.0's in the same runtime; null where that is absent. */
  readonly ratio: number | null;
}

export interface BackboneFigures {
  readonly name: string;
  /** Of the ONNX file. */
  readonly bytes: number;
  readonly dimension: number;
  /** In ONNX Runtime Web, one thread. */
  readonly ort: RuntimeCost | null;
  /** In the project's own kernels; null where they do not know the graph. */
  readonly kernels: RuntimeCost | null;
  /** ONNX Runtime's memory after one run. */
  readonly wasmBytes: number;
  /** Empty without the photos, or if nobody asked for them. */
  readonly menus: readonly MenuAccuracy[];
}

/** One row per backbone; accuracies are "all shots / 5 shots". */
export function describeFigures(figures: readonly BackboneFigures[]): string {
  const menus = figures[0]?.menus.map(({ menu }) => menu) ?? [];
  const head = [
    "backbone",
    "file, MB",
    "length",
    "ms",
    "of MobileNetV2 1.0",
    "own kernels, ms",
    "of MobileNetV2 1.0",
    "wasm memory, MiB",
    ...menus,
  ];
  if (menus.length > 0) head.push("mean");
  const rows = figures.map((row) => [
    row.name,
    (row.bytes / 1e6).toFixed(2),
    String(row.dimension),
    ...describeCost(row.ort),
    ...describeCost(row.kernels),
    (row.wasmBytes / 2 ** 20).toFixed(0),
    ...row.menus.map(describeAccuracy),
    ...(menus.length > 0 ? [describeAccuracy(meanOf(row.menus))] : []),
  ]);
  const lines = [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function describeCost(cost: RuntimeCost | null): string[] {
  return [cost?.ms.toFixed(1) ?? "-", cost?.ratio?.toFixed(2) ?? "-"];
}

function describeAccuracy({ allShots, fewShots }: Omit<MenuAccuracy, "menu">): string {
  return `${allShots.toFixed(3)} / ${fewShots.toFixed(3)}`;
}

function meanOf(menus: readonly MenuAccuracy[]): Omit<MenuAccuracy, "menu"> {
  const mean = (pick: (menu: MenuAccuracy) => number) =>
    menus.reduce((sum, menu) => sum + pick(menu), 0) / menus.length;
  return { allShots: mean(({ allShots }) => allShots), fewShots: mean(({ fewShots }) => fewShots) };
}
